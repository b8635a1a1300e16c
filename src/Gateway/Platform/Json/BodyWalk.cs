using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integration.Gateway.Platform.Json;

/// <summary>
/// One walk over a body whose syntax is known to be good. It finds every structural fault; when asked to, it also keeps
/// what is sound, so that the rest can still be judged by its meaning.
/// </summary>
internal ref struct BodyWalk
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly FaultList _faults;
    private readonly Remainder? _remainder;
    private Utf8JsonReader _reader;
    private Path _path;
    private int _depth;

    private BodyWalk(ReadOnlySpan<byte> body, FaultList faults, Remainder? remainder)
    {
        _body = body;
        _faults = faults;
        _remainder = remainder;
        _reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JsonSyntax.Deepest });
        _reader.Read();
    }

    /// <summary>Finds all faults; allocates nothing when there is none.</summary>
    public static void Check(ReadOnlySpan<byte> body, BodyShape shape, FaultList faults) =>
        new BodyWalk(body, faults, remainder: null).Root(shape);

    /// <summary>Walks again and keeps what is sound.</summary>
    public static Remainder Keep(ReadOnlySpan<byte> body, BodyShape shape)
    {
        var remainder = new Remainder();
        remainder.Body = new BodyWalk(body, new FaultList(), remainder).Root(shape);
        return remainder;
    }

    private JsonNode? Root(BodyShape shape)
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            Fault("wrong-type", "null stands where a body is expected.");
            return null;
        }

        return Value(shape, out var kept) ? kept : null;
    }

    /// <summary>The reader stands on the first token of a value and is left on its last. False: the value is of no use.</summary>
    private bool Value(BodyShape shape, out JsonNode? kept) =>
        shape switch
        {
            ObjectShape objectShape => Object(objectShape, out kept),
            ArrayShape arrayShape => Array(arrayShape, out kept),
            LeafShape leafShape => Leaf(leafShape, out kept),
            _ => throw new NotSupportedException(shape.GetType().Name),
        };

    private bool Object(ObjectShape shape, out JsonNode? kept)
    {
        kept = null;
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return WrongContainer("An object is expected.");
        }

        var members = _remainder is null ? null : new JsonObject();
        var seen = 0UL;
        for (var ordinal = 1; _reader.Read() && _reader.TokenType != JsonTokenType.EndObject; ordinal++)
        {
            var index = LeafRules.IsSound(ref _reader) ? shape.IndexOf(ref _reader) : -1;
            if (index < 0)
            {
                UnknownMember(ordinal);
                continue;
            }

            var first = (seen & (1UL << index)) == 0;
            seen |= 1UL << index;
            Member(shape.Members[index], first, members);
        }

        kept = members;
        return HasAllRequired(shape, seen);
    }

    private void Member(MemberShape member, bool first, JsonObject? members)
    {
        _path[_depth++] = new Step(member.Name, 0);
        _reader.Read();
        if (!first)
        {
            Fault("duplicate-key", "The member stands twice; which one holds cannot be told.");
            _reader.Skip();
        }
        else if (_reader.TokenType == JsonTokenType.Null)
        {
            if (!member.AllowsNull)
            {
                Drop("wrong-type", "null stands where a value is expected.");
            }
        }
        else if (Value(member.Shape.Value, out var kept))
        {
            members?.Add(member.Name, kept);
        }
        else
        {
            _remainder?.DropMember(Pointer(_depth - 1), Pointer(_depth));
        }

        _depth--;
    }

    private bool Array(ArrayShape shape, out JsonNode? kept)
    {
        kept = null;
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            return WrongContainer("An array is expected.");
        }

        var elements = _remainder is null ? null : new JsonArray();
        for (var index = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; index++)
        {
            _path[_depth++] = new Step(null, index);
            if (_reader.TokenType == JsonTokenType.Null)
            {
                Fault("null-element", "null stands where an element is expected.");
                _remainder?.DropElement(Pointer(_depth - 1), index);
            }
            else if (Value(shape.Element.Value, out var element))
            {
                elements?.Add(element);
            }
            else
            {
                _remainder?.DropElement(Pointer(_depth - 1), index);
            }

            _depth--;
        }

        kept = elements;
        return true;
    }

    private bool Leaf(LeafShape shape, out JsonNode? kept)
    {
        kept = null;
        if (shape.Rule(ref _reader) is { } fault)
        {
            Fault(fault.Code, fault.Message);
            _reader.Skip();
            return false;
        }

        if (_remainder is not null)
        {
            kept = JsonNode.Parse(_body[(int)_reader.TokenStartIndex..(int)_reader.BytesConsumed]);
        }

        return true;
    }

    private bool HasAllRequired(ObjectShape shape, ulong seen)
    {
        var complete = true;
        for (var i = 0; i < shape.Members.Length; i++)
        {
            if (shape.Members[i].IsRequired && (seen & (1UL << i)) == 0)
            {
                _path[_depth++] = new Step(shape.Members[i].Name, 0);
                Fault("missing", "The member is needed.");
                _depth--;
                complete = false;
            }
        }

        return complete;
    }

    private bool WrongContainer(string message)
    {
        Fault("wrong-type", message);
        _reader.Skip();
        return false;
    }

    private readonly void Drop(string code, string message)
    {
        Fault(code, message);
        _remainder?.DropMember(Pointer(_depth - 1), Pointer(_depth));
    }

    /// <summary>A name that could be anything but a field's name is not repeated: it may be a person's data.</summary>
    private void UnknownMember(int ordinal)
    {
        if (IsFieldName(_reader.ValueSpan))
        {
            _path[_depth++] = new Step(_reader.GetString(), 0);
            Fault("unknown-member", "There is no such member here.");
            _depth--;
        }
        else
        {
            Fault("unknown-member", $"Member number {ordinal} of this object is not known.");
        }

        _reader.Read();
        _reader.Skip();
    }

    /// <summary>Whether a name that is not known looks like the name of a field, and may be repeated in a fault.</summary>
    public static bool IsFieldName(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > 40 || !char.IsAsciiLetter((char)name[0]))
        {
            return false;
        }

        foreach (var b in name)
        {
            if (!char.IsAsciiLetter((char)b) && b != '_')
            {
                return false;
            }
        }

        return true;
    }

    private readonly void Fault(string code, string message) => _faults.Add(Pointer(_depth), code, message);

    private readonly string Pointer(int depth)
    {
        var text = new DefaultInterpolatedStringHandler();
        for (var i = 0; i < depth; i++)
        {
            text.AppendLiteral("/");
            if (_path[i].Name is { } name)
            {
                text.AppendLiteral(name);
            }
            else
            {
                text.AppendFormatted(_path[i].Index);
            }
        }

        return text.ToStringAndClear();
    }

    /// <summary>One step of a JSON Pointer. Names are those of our types or plain letters: nothing to escape.</summary>
    private readonly record struct Step(string? Name, int Index);

    [InlineArray(JsonSyntax.Deepest + 1)]
    private struct Path
    {
        private Step _first;
    }
}
