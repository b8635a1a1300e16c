using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Evidence;

/// <summary>The keys of receipts. Section <c>Gateway:Receipts</c>.</summary>
internal sealed record ReceiptOptions
{
    public const string Section = "Gateway:Receipts";

    /// <summary>Reference to the private key that signs: PEM, ECDSA P-256.</summary>
    public string SigningKey { get; init; } = string.Empty;

    /// <summary>References to keys (PEM, private or public) that signed before; they stay published so that old receipts can be checked.</summary>
    public IReadOnlyList<string> RetiredKeys { get; init; } = [];

    /// <summary>
    /// Reference to the certificate of the signing key (PEM): receipts of events carry it as CMS. Default none; needed as soon as an
    /// event source is registered.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>The certificate with the signing key; the caller disposes it.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it belongs to another key; refused at start.</exception>
    public X509Certificate2 ResolveCertificate()
    {
        if (!SecretReference.TryResolve(Certificate, out var pem, out var fault))
        {
            throw new InvalidOperationException($"{Section}:{nameof(Certificate)}: {fault}.");
        }

        using var key = ResolveSigningKey();
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return certificate.CopyWithPrivateKey(key);
        }
        catch (Exception reason) when (reason is CryptographicException or ArgumentException)
        {
            throw new InvalidOperationException(
                $"{Section}:{nameof(Certificate)}: not a PEM certificate of the signing key.",
                reason
            );
        }
    }

    /// <summary>The signing key; the caller disposes it.</summary>
    /// <exception cref="InvalidOperationException">The reference cannot be resolved; refused at start.</exception>
    public ECDsa ResolveSigningKey()
    {
        var key = Resolve(nameof(SigningKey), SigningKey);
        try
        {
            key.SignHash(new byte[SHA256.HashSizeInBytes]);
            return key;
        }
        catch (CryptographicException reason)
        {
            key.Dispose();
            throw new InvalidOperationException($"{Section}:{nameof(SigningKey)}: the private key is needed.", reason);
        }
    }

    /// <summary>Keys that signed before; the caller disposes them.</summary>
    /// <exception cref="InvalidOperationException">A reference cannot be resolved; refused at start.</exception>
    public IEnumerable<ECDsa> ResolveRetiredKeys() => RetiredKeys.Select(key => Resolve(nameof(RetiredKeys), key));

    private static ECDsa Resolve(string setting, string reference)
    {
        if (!SecretReference.TryResolve(reference, out var pem, out var fault))
        {
            throw new InvalidOperationException($"{Section}:{setting}: {fault}.");
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (
                key.KeySize == 256
                && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == "1.2.840.10045.3.1.7"
            )
            {
                return key;
            }
        }
        catch (Exception reason) when (reason is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new InvalidOperationException($"{Section}:{setting}: not a PEM key.", reason);
        }

        key.Dispose();
        throw new InvalidOperationException($"{Section}:{setting}: a key on the curve P-256 is needed.");
    }
}

/// <summary>Refuses at start keys that cannot be had.</summary>
internal sealed class ReceiptOptionsValidator : IValidateOptions<ReceiptOptions>
{
    public ValidateOptionsResult Validate(string? name, ReceiptOptions options)
    {
        var faults = new List<string>();
        Try(() => options.ResolveSigningKey().Dispose());
        if (options.Certificate is not null)
        {
            Try(() => options.ResolveCertificate().Dispose());
        }

        Try(() =>
        {
            foreach (var key in options.ResolveRetiredKeys())
            {
                key.Dispose();
            }
        });
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Try(Action resolve)
        {
            try
            {
                resolve();
            }
            catch (InvalidOperationException fault)
            {
                faults.Add(fault.Message);
            }
        }
    }
}
