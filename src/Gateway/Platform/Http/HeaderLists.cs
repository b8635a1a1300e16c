using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Integration.Gateway.Platform.Http;

/// <summary>
/// Closed lists of headers: what a forward may carry on, what is ours, what comes once. A header on no list does not
/// travel. Names are compared in any case, and with <c>_</c> read as <c>-</c>.
/// </summary>
internal static class HeaderLists
{
    private const string ForwardedPrefix = "X-Forwarded-";

    /// <summary>Longer options of <c>Connection</c> are no header that a client sends.</summary>
    private const int LongestOption = 64;

    /// <summary>
    /// What an agency may need to know of the question and its dialect does not say itself; who asks, for what and with
    /// which proof stays here.
    /// </summary>
    private static readonly FrozenSet<string> s_toAgency = Set("Accept-Language");

    /// <summary>Set by this gateway, or believed by something behind it: never taken from a caller.</summary>
    private static readonly FrozenSet<string> s_owned = Set(
        "Forwarded",
        "X-Real-IP",
        "X-Client-IP",
        "X-Cluster-Client-IP",
        "True-Client-IP",
        "X-Original-URL",
        "X-Original-URI",
        "X-Original-Host",
        "X-Rewrite-URL",
        "X-HTTP-Method-Override",
        "X-HTTP-Method",
        "X-Method-Override",
        "X-Evidence-Id",
        "X-Request-Id",
        "X-Content-Length",
        "baggage"
    );

    /// <summary>Says who calls, for what, or what is sent: comes once, in its own spelling.</summary>
    private static readonly FrozenSet<string> s_once = Set(
        "Authorization",
        "Content-Length",
        "Content-Type",
        "Content-Encoding",
        "Content-Signature",
        "DPoP",
        "Host",
        "Idempotency-Key",
        "Prefer",
        "Priority",
        "Transfer-Encoding",
        "traceparent",
        "X-Basis",
        "X-Case-Id",
        "X-Purpose"
    );

    /// <summary>Whether a header of a request may be carried on to an agency.</summary>
    public static bool RequestPasses(string name) => s_toAgency.Contains(name);

    /// <summary>Whether a header is the gateway's own, so that one sent by a caller is taken away.</summary>
    public static bool IsOwned(string name)
    {
        var plain = Plain(name);
        return s_owned.Contains(plain) || plain.StartsWith(ForwardedPrefix, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a header, in its own spelling, may come only once.</summary>
    public static bool ComesOnce(string name) => s_once.Contains(name);

    /// <summary>Whether a name is another spelling of a header that comes only once.</summary>
    public static bool IsMisspelt(string name) =>
        name.Contains('_', StringComparison.Ordinal) && s_once.Contains(Plain(name));

    /// <summary>Whether <c>Connection</c> may name a header, which tells the next hop to drop it.</summary>
    /// <param name="name">Bytes of the option, ASCII.</param>
    public static bool MayBeHopByHop(ReadOnlySpan<byte> name)
    {
        Span<char> plain = stackalloc char[LongestOption];
        if (name.Length > LongestOption || Ascii.ToUtf16(name, plain, out var length) != OperationStatus.Done)
        {
            return false;
        }

        plain = plain[..length];
        plain.Replace('_', '-');
        return !s_once.GetAlternateLookup<ReadOnlySpan<char>>().Contains(plain)
            && !s_owned.GetAlternateLookup<ReadOnlySpan<char>>().Contains(plain)
            && !plain.StartsWith(ForwardedPrefix, StringComparison.OrdinalIgnoreCase);
    }

    private static string Plain(string name) =>
        name.Contains('_', StringComparison.Ordinal) ? name.Replace('_', '-') : name;

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
