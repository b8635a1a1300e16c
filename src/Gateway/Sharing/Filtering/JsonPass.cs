using System.IO.Pipelines;
using System.Text.Json;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// One JSON answer on its way through: reads tokens, keeps where in the tree of granted fields it stands, and copies what
/// is granted. Dropped parts are read by the same rules, so that nothing unreadable passes unnoticed.
/// </summary>
internal sealed class JsonPass : IDisposable
{
    /// <summary>Room for what is written before the bytes it comes from: a comma, a colon.</summary>
    private const int Slack = 16;
    private const int NotSkipping = -1;

    private readonly FilterLimits _limits;
    private readonly JsonPlace _place;
    private readonly AnswerWatch _watch;
    private long _written;
    private JsonReaderState _state;
    private int _skipTo = NotSkipping;
    private bool _begun;
    private bool _ended;
    private int _nameStart;
    private int _nameLength;

    /// <summary>A name whose value is still to come, from the bytes before.</summary>
    private byte[] _carried = [];

    public JsonPass(FieldTree granted, FilterLimits limits, AnswerWatch watch)
    {
        (_limits, _watch) = (limits, watch);
        _place = new JsonPlace(granted, limits.MaxDepth);
        _state = new JsonReaderState(new JsonReaderOptions { MaxDepth = limits.MaxDepth + 1 });
    }

    public FilterFault? Fault { get; private set; }

    public void Dispose() => _place.Dispose();

    /// <summary>Reads as many whole tokens as there are and writes what is granted of them.</summary>
    /// <returns>How many bytes were read.</returns>
    public int Take(ReadOnlySpan<byte> bytes, bool isLast, PipeWriter output, out int written)
    {
        written = 0;
        var read = 0;
        if (!_begun && bytes.TrimStart(" \t\r\n"u8).IsEmpty)
        {
            Fault = isLast ? FilterFault.Nothing : null;
            return bytes.Length;
        }

        _begun = true;
        if (!_ended)
        {
            var sink = new JsonSink(output.GetSpan(bytes.Length + _carried.Length + Slack));
            read = Walk(bytes, isLast, ref sink);
            written = sink.Written;
            output.Advance(Fault is null ? written : 0);
            _written += written;
        }

        if (Fault is null && _ended && !bytes[read..].Trim(" \t\r\n"u8).IsEmpty)
        {
            Fault = FilterFault.TrailingData;
        }

        return _ended ? bytes.Length : read;
    }

    private int Walk(ReadOnlySpan<byte> bytes, bool isLast, ref JsonSink sink)
    {
        var reader = new Utf8JsonReader(bytes, isLast, _state);
        try
        {
            while (Fault is null && !_ended && Step(ref reader, bytes, ref sink)) { }
        }
        catch (JsonException)
        {
            // The message may quote the answer: only the fact is kept.
            Fault = FilterFault.Json;
        }

        _state = reader.CurrentState;
        if (_nameLength > 0)
        {
            _carried = bytes.Slice(_nameStart, _nameLength).ToArray();
            _nameLength = 0;
        }

        return (int)reader.BytesConsumed;
    }

    private bool Step(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, ref JsonSink sink)
    {
        if (_skipTo != NotSkipping && !Skip(ref reader))
        {
            return false;
        }

        if (!reader.Read())
        {
            return false;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                Name(ref reader);
                break;
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                Start(ref reader, bytes, ref sink);
                break;
            case JsonTokenType.EndObject:
            case JsonTokenType.EndArray:
                End(reader.TokenType, ref sink);
                break;
            default:
                Single(ref reader, bytes, ref sink);
                break;
        }

        return true;
    }

    private void Name(ref Utf8JsonReader reader)
    {
        if (IsTooLong(ref reader))
        {
            return;
        }

        Fault = _place.Name(ref reader);
        if (_place.Next is not null)
        {
            (_nameStart, _nameLength) = ((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2);
        }
    }

    private void Start(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, ref JsonSink sink)
    {
        if (reader.CurrentDepth >= _limits.MaxDepth)
        {
            Fault = FilterFault.Depth;
            return;
        }

        var isArray = reader.TokenType == JsonTokenType.StartArray;
        if (_place.Next is not { } node || !((isArray && node.IsGranted) || node.IsPrefix || _place.Depth == 0))
        {
            _nameLength = 0;
            _carried = [];
            _skipTo = reader.CurrentDepth;
            return;
        }

        if (!isArray && node.Binds.Count > 0)
        {
            _watch.Enter(node, _written + sink.Written);
        }

        Before(bytes, ref sink);
        sink.Byte(isArray ? (byte)'[' : (byte)'{');
        _place.Enter(node, isArray);
    }

    private void End(JsonTokenType token, ref JsonSink sink)
    {
        sink.Byte(token == JsonTokenType.EndArray ? (byte)']' : (byte)'}');
        if (token == JsonTokenType.EndObject && _place.Top.Node.Binds.Count > 0)
        {
            _watch.Leave(_place.Top.HasItems);
            Fault = _watch.Unbound is null ? Fault : FilterFault.Unbound;
        }

        _place.Leave();
        _ended = _place.Depth == 0;
    }

    private void Single(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, ref JsonSink sink)
    {
        if (_place.Depth == 0)
        {
            Fault = FilterFault.Json;
            return;
        }

        if (IsTooLong(ref reader))
        {
            return;
        }

        if (_place.Next is { Watched.Count: > 0 } watched && _watch.See(watched, ref reader) is { } fault)
        {
            Fault = fault;
            return;
        }

        if (_place.Next is not { IsGranted: true })
        {
            _nameLength = 0;
            _carried = [];
            return;
        }

        var isText = reader.TokenType == JsonTokenType.String;
        if (isText && reader.ValueIsEscaped && !JsonEscapes.ArePaired(reader.ValueSpan))
        {
            Fault = FilterFault.Json;
            return;
        }

        Before(bytes, ref sink);
        sink.Bytes(bytes.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + (isText ? 2 : 0)));
    }

    /// <summary>The comma and the name that stand before a value which is written.</summary>
    private void Before(ReadOnlySpan<byte> bytes, ref JsonSink sink)
    {
        if (_place.Depth == 0)
        {
            return;
        }

        ref var frame = ref _place.Top;
        if (frame.HasItems)
        {
            sink.Byte((byte)',');
        }

        frame.HasItems = true;
        if (frame.IsArray)
        {
            return;
        }

        sink.Bytes(_nameLength > 0 ? bytes.Slice(_nameStart, _nameLength) : _carried);
        sink.Byte((byte)':');
        _nameLength = 0;
        _carried = [];
    }

    /// <summary>Reads to the end of a container that is dropped. False: it is not here yet.</summary>
    private bool Skip(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    if (reader.CurrentDepth >= _limits.MaxDepth)
                    {
                        Fault = FilterFault.Depth;
                        return false;
                    }

                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    if (reader.CurrentDepth == _skipTo)
                    {
                        _skipTo = NotSkipping;
                        _place.Passed();
                        return true;
                    }

                    break;
                default:
                    if (IsTooLong(ref reader))
                    {
                        return false;
                    }

                    break;
            }
        }

        return false;
    }

    private bool IsTooLong(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length <= _limits.MaxTokenBytes)
        {
            return false;
        }

        Fault = FilterFault.Token;
        return true;
    }
}
