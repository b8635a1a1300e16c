using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Testing.Databases;

/// <summary>Keys as an operator would make them, written to files.</summary>
internal static class TestKeys
{
    /// <summary>A certificate with its RSA key; the same name in the same folder is the same certificate.</summary>
    public static string CertificateReference(string folder, string name)
    {
        var path = Path.Combine(folder, $"{name}.pem");
        if (!File.Exists(path))
        {
            using var rsa = RSA.Create(2048);
            var request = new CertificateRequest(
                $"CN={name}",
                rsa,
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            );
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
            File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{rsa.ExportPkcs8PrivateKeyPem()}\n");
        }

        return $"file:{path}";
    }

    /// <summary>32 random bytes in Base64.</summary>
    public static string RandomReference(string folder, string name)
    {
        var path = Path.Combine(folder, $"{name}.key");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }

        return $"file:{path}";
    }

    /// <summary>An ECDSA key, private PEM.</summary>
    public static string EcReference(string folder, string name)
    {
        var path = Path.Combine(folder, $"{name}.pem");
        if (!File.Exists(path))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem());
        }

        return $"file:{path}";
    }
}
