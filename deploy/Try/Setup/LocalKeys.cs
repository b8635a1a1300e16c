using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Try.Setup;

/// <summary>The gateway's own keys: made once, by reference only in its configuration.</summary>
internal static class LocalKeys
{
    private const int LookupKeyBytes = 32;
    private const int WrappingKeyBits = 3072;

    public static IReadOnlyDictionary<string, string?> Settings(SecretFolder secrets, TimeProvider time)
    {
        secrets.GetOrCreate("token-signing.pem", SigningKey);
        secrets.GetOrCreate("receipt-signing.pem", SigningKey);
        secrets.GetOrCreate("receipt-signing.crt.pem", () => ReceiptCertificate(secrets, time));
        secrets.GetOrCreate("protection.pem", () => ProtectionCertificate(time));
        secrets.GetOrCreate("lookup.key", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(LookupKeyBytes)));
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Gateway:Tokens:SigningKey"] = secrets.Reference("token-signing.pem"),
            ["Gateway:Receipts:SigningKey"] = secrets.Reference("receipt-signing.pem"),
            ["Gateway:Receipts:Certificate"] = secrets.Reference("receipt-signing.crt.pem"),
            ["Gateway:Protection:Certificate"] = secrets.Reference("protection.pem"),
            ["Gateway:Protection:LookupKey"] = secrets.Reference("lookup.key"),
        };
    }

    private static string SigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static string ReceiptCertificate(SecretFolder secrets, TimeProvider time)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(secrets.PathOf("receipt-signing.pem")));
        var request = new CertificateRequest("CN=integration-try-receipts", key, HashAlgorithmName.SHA256);
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        return $"{certificate.ExportCertificatePem()}\n";
    }

    private static string ProtectionCertificate(TimeProvider time)
    {
        using var key = RSA.Create(WrappingKeyBits);
        var request = new CertificateRequest(
            "CN=integration-try-protection",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
