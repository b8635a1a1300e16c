using System.Text;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>The headers that say where a message ends, whom it is for, and what the next hop drops; each in one spelling.</summary>
internal ref struct FramingHeaders
{
    /// <summary>Longer numbers do not fit a long.</summary>
    private const int MostDigits = 18;

    private ReadOnlySpan<byte> _host;
    private bool _hasHost;
    private bool _hasLength;
    private bool _chunked;
    private long _length;

    /// <summary>Takes a header whose name and value keep to the grammar.</summary>
    /// <returns>The rule that it breaks, or null.</returns>
    public FrontRule? Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        name.Length switch
        {
            4 when Ascii.EqualsIgnoreCase(name, "Host"u8) => TakeHost(value),
            10 when Ascii.EqualsIgnoreCase(name, "Connection"u8) => TakeConnection(value),
            14 when Ascii.EqualsIgnoreCase(name, "Content-Length"u8) => TakeLength(value),
            17 when Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8) => TakeCoding(value),
            _ => null,
        };

    /// <summary>When all headers were taken: what they say together.</summary>
    public readonly FrontRule? Broken(RequestLine line, out Framing framing)
    {
        framing = new Framing(_length, _chunked);
        return (_hasHost || line.IsHttp10) switch
        {
            false => FrontRule.Host,
            _ when _chunked && _hasLength => FrontRule.TwoLengths,
            _ when _chunked && line.IsHttp10 => FrontRule.TransferEncoding,
            // Until the connection closes: a body without an end.
            _ when line.IsHttp10 && line.HasBody && !_hasLength => FrontRule.ContentLength,
            _ when line.Authority.Length > 0 && !line.Authority.SequenceEqual(_host) => FrontRule.RequestTarget,
            _ => null,
        };
    }

    private FrontRule? TakeHost(ReadOnlySpan<byte> value)
    {
        _host = value.Trim(" \t"u8);
        var again = _hasHost;
        _hasHost = true;
        return again || !HostName.IsValid(_host) ? FrontRule.Host : null;
    }

    private FrontRule? TakeLength(ReadOnlySpan<byte> value)
    {
        var digits = WithoutOneSpace(value);
        if (
            _hasLength
            || digits.Length is 0 or > MostDigits
            || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || (digits.Length > 1 && digits[0] == (byte)'0')
        )
        {
            return FrontRule.ContentLength;
        }

        _hasLength = true;
        foreach (var digit in digits)
        {
            _length = (_length * 10) + (digit - '0');
        }

        return null;
    }

    private FrontRule? TakeCoding(ReadOnlySpan<byte> value)
    {
        var again = _chunked;
        _chunked = true;
        return again || !WithoutOneSpace(value).SequenceEqual("chunked"u8) ? FrontRule.TransferEncoding : null;
    }

    /// <summary>Checked here because Kestrel shows only the options that it acts on.</summary>
    private static FrontRule? TakeConnection(ReadOnlySpan<byte> value)
    {
        foreach (var option in value.Split((byte)','))
        {
            if (!HeaderLists.MayBeHopByHop(value[option].Trim(" \t"u8)))
            {
                return FrontRule.ConnectionOption;
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> WithoutOneSpace(ReadOnlySpan<byte> value) =>
        value.StartsWith(" "u8) ? value[1..] : value;
}
