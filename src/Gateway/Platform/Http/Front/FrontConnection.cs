namespace Integration.Gateway.Platform.Http.Front;

/// <summary>
/// What the filter says of a connection to those who answer on it; a feature of the connection. Its absence means that the
/// connection never met the filter.
/// </summary>
internal sealed class FrontConnection(FrontMetrics metrics)
{
    /// <summary>The rule that the message now read, or its body, breaks; nothing else is read after it.</summary>
    public FrontRule? Broken { get; private set; }

    /// <summary>Whether it is HTTP/2, of whose frames only the floods are looked for, because Kestrel checks the rest.</summary>
    public bool IsHttp2 { get; private set; }

    /// <summary>Takes what the scan of the bytes found; a broken rule is counted once.</summary>
    public void Take(MessageScan scan)
    {
        IsHttp2 = scan.IsHttp2;
        if (Broken is null && scan.Broken is { } rule)
        {
            Break(rule);
        }
    }

    /// <summary>Takes that the frames of HTTP/2 break a rule, after which nothing is read.</summary>
    public void Break(FrontRule rule)
    {
        Broken = rule;
        metrics.Refused(rule);
    }
}

/// <summary>How a request finds what the filter said.</summary>
internal static class FrontConnectionExtensions
{
    /// <summary>
    /// After reading a body failed: what the caller is told of the rule that the body breaks, or null when it broke none.
    /// The code that maps a failed read to an answer asks this first.
    /// </summary>
    public static FrontRule? BrokenBody(this HttpContext context) => context.Features.Get<FrontConnection>()?.Broken;
}
