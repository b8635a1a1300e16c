using System.Buffers;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>Finds the end of a head in bytes that arrive in any pieces; each byte is looked at once.</summary>
internal struct HeadSearch(FrontLimits limits)
{
    private readonly FrontLimits _limits = limits;
    private long _seen;
    private long _line;
    private long _headerBytes;
    private int _lines;
    private byte _last;

    /// <summary>Bytes of the head with its empty line, or 0 when more bytes are needed or a rule is broken.</summary>
    /// <param name="bytes">Everything from the first byte of the head on, grown since the last call.</param>
    /// <param name="broken">The rule that line ends or sizes break.</param>
    public long Continue(in ReadOnlySequence<byte> bytes, out FrontRule? broken)
    {
        broken = null;
        foreach (var piece in bytes.Slice(_seen))
        {
            if (Continue(piece.Span, out broken) || broken is not null)
            {
                return broken is null ? _seen : 0;
            }
        }

        return 0;
    }

    private bool Continue(ReadOnlySpan<byte> piece, out FrontRule? broken)
    {
        broken = null;
        if (_seen == 0 && !piece.IsEmpty && !RequestHeadRules.Token.Contains(piece[0]))
        {
            broken = FrontRule.RequestLine;
            return false;
        }

        while (!piece.IsEmpty)
        {
            var end = piece.IndexOf((byte)'\n');
            var taken = end < 0 ? piece.Length : end + 1;
            var before = end > 0 ? piece[end - 1] : _last;
            (_seen, _line, _last) = (_seen + taken, _line + taken, piece[taken - 1]);
            broken = TooLarge() ?? (end >= 0 && before != '\r' ? FrontRule.LineEnd : null);
            if (end < 0 || broken is not null)
            {
                return false;
            }

            if (_line == 2)
            {
                return true;
            }

            EndLine();
            piece = piece[taken..];
        }

        return false;
    }

    private void EndLine()
    {
        _headerBytes += _lines == 0 ? 0 : _line;
        _lines++;
        _line = 0;
    }

    /// <summary>The same verdict wherever the pieces were cut: the line so far counts like the whole line.</summary>
    private readonly FrontRule? TooLarge() =>
        _lines == 0 ? (_line > _limits.RequestLineBytes ? FrontRule.RequestLineLength : null)
        : _lines > _limits.Headers && _line > 2 && _headerBytes <= _limits.HeaderBytes ? FrontRule.HeaderCount
        : _headerBytes + _line > _limits.HeaderBytes + 2 ? FrontRule.HeaderBytes
        : null;
}

/// <summary>How large a head may be; the same numbers as Kestrel's own.</summary>
internal sealed record FrontLimits(int RequestLineBytes, int HeaderBytes, int Headers)
{
    public static FrontLimits From(GatewayHttpOptions options) =>
        new(options.MaxRequestLineBytes, options.MaxHeaderBytes, options.MaxHeaders);
}
