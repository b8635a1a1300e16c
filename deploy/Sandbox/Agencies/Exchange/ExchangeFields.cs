using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Exchange;

/// <summary>The four values that every call to the exchange platform carries.</summary>
internal sealed record ExchangeFields(string Rid, string Sid, string Rtime, string Sign)
{
    public const string RidName = "gjgxjhpt_rid";
    public const string SidName = "gjgxjhpt_sid";
    public const string RtimeName = "gjgxjhpt_rtime";
    public const string SignName = "gjgxjhpt_sign";

    /// <summary>The names in the order in which the SOAP header element must hold them.</summary>
    public static readonly IReadOnlyList<string> Names = [RidName, SidName, RtimeName, SignName];

    /// <summary>From the HTTP headers; null unless each is there exactly once.</summary>
    public static ExchangeFields? FromHeaders(AgencyCall call) => From(call.Header);

    /// <summary>From a JSON body; null unless each is there as text.</summary>
    public static ExchangeFields? FromBody(AgencyCall call)
    {
        using var document = call.Json();
        return document is null ? null : From(name => document.RootElement.Text(name));
    }

    private static ExchangeFields? From(Func<string, string?> value) =>
        value(RidName) is { } rid
        && value(SidName) is { } sid
        && value(RtimeName) is { } rtime
        && value(SignName) is { } sign
            ? new ExchangeFields(rid, sid, rtime, sign)
            : null;
}
