using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Protection;

/// <summary>The keys of personal data at rest. Section <c>Gateway:Protection</c>.</summary>
internal sealed record ProtectionOptions
{
    public const string Section = "Gateway:Protection";

    /// <summary>Reference to a PEM with an RSA certificate (at least 2048 bits) and its private key; new keys are wrapped with it.</summary>
    public string Certificate { get; init; } = string.Empty;

    /// <summary>References to earlier certificates of the same form; keys wrapped with them still open.</summary>
    public IReadOnlyList<string> OlderCertificates { get; init; } = [];

    /// <summary>Reference to the key of look-up hashes and keyed digests: Base64 of at least 32 bytes. Changing it orphans every look-up and every keyed digest.</summary>
    public string LookupKey { get; init; } = string.Empty;

    /// <summary>A new key is made after this many days. 7 to 365, default 90.</summary>
    public int KeyDays { get; init; } = 90;

    /// <summary>The key of look-up hashes.</summary>
    /// <exception cref="InvalidOperationException">The reference cannot be resolved; refused at start.</exception>
    public byte[] ResolveLookupKey()
    {
        if (!SecretReference.TryResolve(LookupKey, out var text, out var fault))
        {
            throw new InvalidOperationException($"{Section}:{nameof(LookupKey)}: {fault}.");
        }

        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length >= 32
            ? key[..length]
            : throw new InvalidOperationException(
                $"{Section}:{nameof(LookupKey)}: Base64 of at least 32 bytes is needed."
            );
    }

    /// <summary>The certificate that wraps new keys.</summary>
    /// <exception cref="InvalidOperationException">The reference cannot be resolved; refused at start.</exception>
    public X509Certificate2 ResolveCertificate() => Resolve(nameof(Certificate), Certificate);

    /// <summary>Every certificate that opens keys, the current one first.</summary>
    /// <exception cref="InvalidOperationException">A reference cannot be resolved; refused at start.</exception>
    public X509Certificate2Collection ResolveAllCertificates() =>
        [ResolveCertificate(), .. OlderCertificates.Select(older => Resolve(nameof(OlderCertificates), older))];

    private static X509Certificate2 Resolve(string key, string reference)
    {
        if (!SecretReference.TryResolveBytes(reference, out var bytes, out var fault))
        {
            throw new InvalidOperationException($"{Section}:{key}: {fault}.");
        }

        try
        {
            var pem = Encoding.UTF8.GetString(bytes);
            var certificate = X509Certificate2.CreateFromPem(pem, pem);
            using var rsa = certificate.GetRSAPrivateKey();
            return rsa?.KeySize >= 2048
                ? certificate
                : throw new InvalidOperationException($"{Section}:{key}: an RSA key of at least 2048 bits is needed.");
        }
        catch (Exception reason) when (reason is CryptographicException or ArgumentException)
        {
            throw new InvalidOperationException(
                $"{Section}:{key}: not a PEM with a certificate and its private key.",
                reason
            );
        }
    }
}

/// <summary>Refuses at start keys that cannot be had.</summary>
internal sealed class ProtectionOptionsValidator : IValidateOptions<ProtectionOptions>
{
    public ValidateOptionsResult Validate(string? name, ProtectionOptions options)
    {
        List<string> faults =
        [
            .. FaultOf(() => options.ResolveAllCertificates()),
            .. FaultOf(() => options.ResolveLookupKey()),
            .. options.KeyDays is >= 7 and <= 365
                ? Array.Empty<string>()
                : [$"{ProtectionOptions.Section}:{nameof(options.KeyDays)}: 7 to 365 days."],
        ];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultOf(Func<object> resolve)
    {
        try
        {
            resolve();
            return [];
        }
        catch (InvalidOperationException fault)
        {
            return [fault.Message];
        }
    }
}
