using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Signatures.Trust;

/// <summary>Whether a certificate was issued for signing messages (docs/spec/signatures.md).</summary>
internal static class CertificatePurpose
{
    private static readonly HashSet<string> s_signing = new(StringComparer.Ordinal)
    {
        "2.5.29.37.0", // any
        "1.3.6.1.5.5.7.3.3", // codeSigning
        "1.3.6.1.5.5.7.3.4", // emailProtection
        "1.3.6.1.5.5.7.3.36", // documentSigning
    };

    /// <summary>The rule that it breaks; null: it may sign messages.</summary>
    public static Refusal? FaultIn(X509Certificate2 certificate)
    {
        try
        {
            return !IsForSignatures(certificate) ? SignatureRules.KeyUsage
                : IsAuthority(certificate) ? SignatureRules.Authority
                : !IsForMessages(certificate) ? SignatureRules.ExtendedKeyUsage
                : null;
        }
        catch (CryptographicException)
        {
            return SignatureRules.KeyUsage; // what it says of its use cannot be read
        }
    }

    private static bool IsForSignatures(X509Certificate2 certificate) =>
        Usages(certificate)
            .Any(usage =>
                usage.HasFlag(X509KeyUsageFlags.DigitalSignature) || usage.HasFlag(X509KeyUsageFlags.NonRepudiation)
            );

    private static bool IsAuthority(X509Certificate2 certificate) =>
        Usages(certificate).Any(usage => usage.HasFlag(X509KeyUsageFlags.KeyCertSign))
        || certificate
            .Extensions.OfType<X509BasicConstraintsExtension>()
            .Any(constraints => constraints.CertificateAuthority);

    /// <summary>No such extension: it was issued for everything that its key usage allows.</summary>
    private static bool IsForMessages(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .All(usage =>
                usage.EnhancedKeyUsages.Cast<Oid>().Any(purpose => s_signing.Contains(purpose.Value ?? string.Empty))
            );

    private static IEnumerable<X509KeyUsageFlags> Usages(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509KeyUsageExtension>().Select(usage => usage.KeyUsages);
}
