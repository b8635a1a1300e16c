using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Integration.Adapters.Ports;

namespace Integration.Gateway.Notices.Delivery;

/// <summary>A shared secret of Standard Webhooks 1.0: <c>whsec_</c> and 24 to 64 bytes in Base64.</summary>
internal sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int FewestBytes = 24;
    private const int MostBytes = 64;
    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>Reads the secret behind a reference, or says what is wrong with it; the fault never repeats it.</summary>
    public static bool TryResolve(
        string reference,
        [NotNullWhen(true)] out WebhookSecret? secret,
        [NotNullWhen(false)] out string? fault
    )
    {
        secret = null;
        if (!SecretReference.TryResolve(reference, out var text, out fault))
        {
            return false;
        }

        var key = new byte[text.Length];
        if (
            text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], key, out var length)
            && length is >= FewestBytes and <= MostBytes
        )
        {
            secret = new WebhookSecret(key[..length]);
            return true;
        }

        fault = $"{reference} is not {Prefix} followed by {FewestBytes} to {MostBytes} bytes in Base64";
        return false;
    }

    /// <summary>E.g. <c>v1,K5oZ…=</c>: HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: Unix seconds.</param>
    /// <param name="body">The bytes that are sent.</param>
    public string Sign(string id, long timestamp, byte[] body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        mac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        mac.AppendData(body);
        return $"v1,{Convert.ToBase64String(mac.GetHashAndReset())}";
    }

    public override string ToString() => nameof(WebhookSecret);
}
