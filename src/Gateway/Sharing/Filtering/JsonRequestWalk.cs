using System.Globalization;
using System.Text;
using System.Text.Json;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>One walk over a caller's JSON body; lists every member that is not allowed or not what it should be.</summary>
internal ref struct JsonRequestWalk
{
    private readonly FaultList _faults;
    private readonly FieldValues _values;
    private readonly List<object> _path = [];
    private readonly long[] _lastObject;
    private Utf8JsonReader _reader;
    private long _objects;

    private JsonRequestWalk(ReadOnlySpan<byte> body, FieldTree allowed, FaultList faults, FieldValues values)
    {
        (_faults, _values) = (faults, values);
        _lastObject = new long[allowed.Count];
        _reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JsonSyntax.Deepest });
        _reader.Read();
    }

    public static void Check(ReadOnlySpan<byte> body, FieldTree allowed, FaultList faults, FieldValues values)
    {
        if (JsonSyntax.FirstFault(body) is { } fault)
        {
            faults.Add(fault);
            return;
        }

        var walk = new JsonRequestWalk(body, allowed, faults, values);
        if (walk._reader.TokenType == JsonTokenType.StartObject)
        {
            walk.Object(allowed.Root);
        }
        else
        {
            faults.Add(string.Empty, "wrong-type", "An object is expected.");
        }
    }

    private void Object(FieldNode node)
    {
        var number = ++_objects;
        for (var ordinal = 1; _reader.Read() && _reader.TokenType != JsonTokenType.EndObject; ordinal++)
        {
            if (Find(node) is not { } member)
            {
                Unknown(ordinal);
                continue;
            }

            _path.Add(member.Name);
            var isSecond = _lastObject[member.Id] == number;
            _lastObject[member.Id] = number;
            _reader.Read();
            if (isSecond)
            {
                Fault("duplicate-key", "The member stands twice; which one holds cannot be told.");
                _reader.Skip();
            }
            else
            {
                Value(member);
            }

            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void Value(FieldNode node)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject when node.IsPrefix:
                Object(node);
                break;
            case JsonTokenType.StartObject:
                Fault("wrong-type", "A single value is expected, or an array of them.");
                _reader.Skip();
                break;
            case JsonTokenType.StartArray:
                Array(node);
                break;
            default:
                Single(node);
                break;
        }
    }

    private void Array(FieldNode node)
    {
        for (var index = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; index++)
        {
            _path.Add(index);
            Value(node);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void Single(FieldNode node)
    {
        if (!node.IsGranted)
        {
            Fault("wrong-type", "An object is expected, or an array of them.");
        }
        else if (_reader.TokenType == JsonTokenType.String && !LeafRules.IsSound(ref _reader))
        {
            Fault("broken-text", "The string has a lone surrogate or a NUL character.");
        }
        else
        {
            _values.Add(node, _values.Has(node) ? null : Text());
        }
    }

    private readonly string? Text() =>
        _reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => _reader.GetString(),
            _ => Encoding.UTF8.GetString(_reader.ValueSpan),
        };

    private FieldNode? Find(FieldNode parent) =>
        !LeafRules.IsSound(ref _reader) ? null
        : _reader.ValueIsEscaped ? parent.Find(Encoding.UTF8.GetBytes(_reader.GetString()!))
        : parent.Find(_reader.ValueSpan);

    /// <summary>A name that could be anything but a field's name is not repeated: it may be a person's data.</summary>
    private void Unknown(int ordinal)
    {
        if (BodyWalk.IsFieldName(_reader.ValueSpan))
        {
            _path.Add(_reader.GetString()!);
            Fault("unknown-member", "This member may not be sent here.");
            _path.RemoveAt(_path.Count - 1);
        }
        else
        {
            Fault("unknown-member", $"Member number {ordinal} of this object may not be sent here.");
        }

        _reader.Read();
        _reader.Skip();
    }

    private readonly void Fault(string code, string message) =>
        _faults.Add(
            string.Concat(_path.Select(step => string.Create(CultureInfo.InvariantCulture, $"/{step}"))),
            code,
            message
        );
}
