using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Problems;
using Microsoft.Extensions.Primitives;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// Reads the form of a token request within bounds, before anything else does: a framework's reader throws over some of what
/// strangers send, and reads more than any client needs.
/// </summary>
internal static class TokenForm
{
    /// <summary>An assertion with a certificate chain in its head has 4 KiB.</summary>
    public const int MostBytes = 8 * 1024;

    /// <summary>A token request of any client has six.</summary>
    public const int MostMembers = 32;

    /// <summary>Characters; <c>client_assertion_type</c> has 21.</summary>
    public const int LongestName = 64;

    private const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>The members, each once; or what is wrong.</summary>
    public static async ValueTask<Result<FormCollection>> ReadAsync(HttpRequest request)
    {
        if (RequestBytes.Refused(request, MediaType) is { } unsupported)
        {
            return Fault("content-type", unsupported.Detail);
        }

        return await RequestBytes.ReadAsync(request, MostBytes) is { } body
            ? Read(body)
            : Fault("length", $"A token request has {MostBytes} bytes at most.");
    }

    /// <summary>What is told of a token request that cannot be read.</summary>
    public static Refusal Fault(string code, string message) =>
        Refusal.RequestInvalid([new FieldFault("", code, message)]) with
        {
            OAuthError = Errors.InvalidRequest,
        };

    /// <summary>Whether a text is of no use in a name, an id or a secret.</summary>
    public static bool HasControl(string text) => text.Any(char.IsControl);

    private static Result<FormCollection> Read(ReadOnlySpan<byte> body)
    {
        var members = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var range in body.Split((byte)'&'))
        {
            var member = body[range];
            if (member.IsEmpty)
            {
                continue;
            }

            var end = member.IndexOf((byte)'=');
            if (
                !TryDecode(end < 0 ? member : member[..end], out var name)
                || !TryDecode(end < 0 ? [] : member[(end + 1)..], out var value)
            )
            {
                return Fault("encoding", "A member is not percent-encoded UTF-8 without control characters.");
            }

            if (name.Length is 0 or > LongestName)
            {
                return Fault("name", $"The name of a member has 1 to {LongestName} characters.");
            }

            if (members.Count == MostMembers)
            {
                return Fault("too-many", $"A token request has {MostMembers} members at most.");
            }

            if (!members.TryAdd(name, value))
            {
                return Fault("duplicate", "A member is sent twice.");
            }
        }

        return new FormCollection(members);
    }

    private static bool TryDecode(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out string? text)
    {
        text = null;
        Span<byte> plain = new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++, length++)
        {
            if (encoded[i] != '%')
            {
                plain[length] = encoded[i] == '+' ? (byte)' ' : encoded[i];
            }
            else if (
                i + 2 < encoded.Length
                && char.IsAsciiHexDigit((char)encoded[i + 1])
                && char.IsAsciiHexDigit((char)encoded[i + 2])
            )
            {
                plain[length] = (byte)((Digit(encoded[i + 1]) << 4) | Digit(encoded[i + 2]));
                i += 2;
            }
            else
            {
                return false;
            }
        }

        plain = plain[..length];
        if (!Utf8.IsValid(plain))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(plain);
        return !HasControl(text);
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
