using System.Buffers;
using System.Text;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>The value of <c>Host</c>: a name or an address, and a port or none. Nothing that a URL would read differently.</summary>
internal static class HostName
{
    private static readonly SearchValues<byte> s_name = SearchValues.Create(
        "-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );

    private static readonly SearchValues<byte> s_address = SearchValues.Create(":.0123456789ABCDEFabcdef"u8);

    public static bool IsValid(ReadOnlySpan<byte> host)
    {
        var inBrackets = host.StartsWith("["u8);
        var end = inBrackets ? host.IndexOf((byte)']') : host.IndexOf((byte)':');
        if (inBrackets)
        {
            return end > 1 && !host[1..end].ContainsAnyExcept(s_address) && IsPort(host[(end + 1)..]);
        }

        var name = end < 0 ? host : host[..end];
        return name.Length > 0 && !name.ContainsAnyExcept(s_name) && (end < 0 || IsPort(host[end..]));
    }

    /// <summary>Whether it can be listed as a host that is served: without a port, since the port is the listener's.</summary>
    public static bool IsServable(string host) =>
        Ascii.IsValid(host)
        && IsValid(Encoding.ASCII.GetBytes(host))
        && (host.EndsWith(']') || !host.Contains(':', StringComparison.Ordinal));

    private static bool IsPort(ReadOnlySpan<byte> rest) =>
        rest.Length == 0
        || (rest.Length is > 1 and < 7 && rest[0] == ':' && !rest[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'));
}
