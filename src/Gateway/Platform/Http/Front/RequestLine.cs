namespace Integration.Gateway.Platform.Http.Front;

/// <summary>What the first line of an HTTP/1 request says.</summary>
internal ref struct RequestLine
{
    /// <summary>The host in an absolute target; empty in every other.</summary>
    public ReadOnlySpan<byte> Authority { get; private set; }

    public bool IsHttp10 { get; private set; }

    /// <summary>Whether the method is one that brings a body.</summary>
    public bool HasBody { get; private set; }

    /// <summary>The rule that the line breaks, or null and what it says.</summary>
    /// <param name="line">The line without CR LF.</param>
    /// <param name="parsed">What it says.</param>
    public static FrontRule? Broken(ReadOnlySpan<byte> line, out RequestLine parsed)
    {
        parsed = default;
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last == first || line[..first].ContainsAnyExcept(RequestHeadRules.Token))
        {
            return FrontRule.RequestLine;
        }

        var version = line[(last + 1)..];
        parsed.IsHttp10 = version.SequenceEqual("HTTP/1.0"u8);
        if (!parsed.IsHttp10 && !version.SequenceEqual("HTTP/1.1"u8))
        {
            return FrontRule.RequestLine;
        }

        var method = line[..first];
        var target = line[(first + 1)..last];
        parsed.HasBody = method.SequenceEqual("POST"u8) || method.SequenceEqual("PUT"u8);
        if (target.IsEmpty || target.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E))
        {
            // A second space, a tab, a control character or a byte that is no ASCII.
            return target.Contains((byte)' ') || target.IsEmpty ? FrontRule.RequestLine : FrontRule.Path;
        }

        return method.SequenceEqual("CONNECT"u8) ? FrontRule.Method : parsed.BrokenTarget(method, target);
    }

    private FrontRule? BrokenTarget(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target)
    {
        if (target.SequenceEqual("*"u8))
        {
            return method.SequenceEqual("OPTIONS"u8) ? null : FrontRule.RequestTarget;
        }

        if (target[0] == (byte)'/')
        {
            return PathRules.Broken(target);
        }

        var authority = PathRules.AfterScheme(target);
        if (authority.IsEmpty)
        {
            return FrontRule.RequestTarget;
        }

        var end = authority.IndexOf((byte)'/');
        Authority = end < 0 ? authority : authority[..end];
        return end < 0 || !HostName.IsValid(Authority) ? FrontRule.RequestTarget : PathRules.Broken(authority[end..]);
    }
}
