using System.Buffers;
using System.Text;
using Integration.Gateway.Platform.Http.Front;

namespace Integration.Gateway.Platform.Http;

/// <summary>
/// The path of a request in its one form: as sent, percent-encoded, hexadecimal digits in capitals. What is granted and what
/// is forwarded is this value and no other; decoding it again changes nothing in its segments.
/// </summary>
/// <param name="Value">E.g. <c>/share/licences/v1/%E8%AF%81</c>; without query.</param>
internal sealed record CanonicalPath(string Value)
{
    private const int OnStack = 1024;

    /// <summary>The path of a target as it was sent; null with the rule that it breaks.</summary>
    /// <param name="target">As sent: a path, an absolute address, or <c>*</c>.</param>
    /// <param name="path">The path as the server decoded it; another reading of the same target is a fault.</param>
    /// <param name="broken">The rule that the target breaks.</param>
    public static CanonicalPath? Parse(string target, string path, out FrontRule? broken)
    {
        byte[]? rented = null;
        var bytes =
            target.Length <= OnStack ? stackalloc byte[OnStack] : (rented = ArrayPool<byte>.Shared.Rent(target.Length));
        try
        {
            broken = FrontRule.Path;
            return Ascii.FromUtf16(target, bytes, out var length) == OperationStatus.Done
                ? Parse(bytes[..length], path, out broken)
                : null;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static CanonicalPath? Parse(ReadOnlySpan<byte> target, string path, out FrontRule? broken)
    {
        if (target.SequenceEqual("*"u8))
        {
            broken = null;
            return new CanonicalPath("*");
        }

        var authority = PathRules.AfterScheme(target);
        var start = target.StartsWith("/"u8) ? 0 : authority.IndexOf((byte)'/');
        target = authority.IsEmpty || start < 0 ? target : authority[start..];
        broken = start < 0 ? FrontRule.RequestTarget : PathRules.Broken(target);
        if (broken is not null)
        {
            return null;
        }

        var query = target.IndexOf((byte)'?');
        var value = InCapitals(query < 0 ? target : target[..query]);
        if (!string.Equals(Uri.UnescapeDataString(value), path, StringComparison.Ordinal))
        {
            broken = FrontRule.Path;
            return null;
        }

        return new CanonicalPath(value);
    }

    private static string InCapitals(ReadOnlySpan<byte> path) =>
        path.Contains((byte)'%')
            ? string.Create(
                path.Length,
                path,
                static (text, path) =>
                {
                    for (var i = 0; i < path.Length; i++)
                    {
                        var escaped = (i > 0 && path[i - 1] == '%') || (i > 1 && path[i - 2] == '%');
                        text[i] = escaped ? char.ToUpperInvariant((char)path[i]) : (char)path[i];
                    }
                }
            )
            : Encoding.ASCII.GetString(path);
}

/// <summary>How a request finds its path.</summary>
internal static class CanonicalPathExtensions
{
    /// <summary>The path to grant and to forward.</summary>
    /// <exception cref="InvalidOperationException">The request did not come through the front door.</exception>
    public static CanonicalPath GetCanonicalPath(this HttpContext context) =>
        context.Features.Get<CanonicalPath>()
        ?? throw new InvalidOperationException("The request did not come through the front door.");
}
