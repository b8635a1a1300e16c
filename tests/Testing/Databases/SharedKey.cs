using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Testing.Databases;

/// <summary>
/// One wrapping key for all hosts of a test run: to look for primes for each of them took a quarter of the whole run.
/// Databases, lookup keys and everything that is signed stay each host's own.
/// </summary>
internal static class SharedKey
{
    private static readonly Lazy<string> s_protection = new(Make);

    /// <summary>PEM of certificate and private key; valid at every time that a test moves its clock to.</summary>
    public static string Protection => s_protection.Value;

    private static string Make()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=integration-tests-protection",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
