using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Integration.Gateway.Tests.Callers;

/// <summary>Callers files that keep hashes of secrets.</summary>
internal static class HashedSecrets
{
    /// <summary>The least that a file may have.</summary>
    public const int Iterations = 100_000;

    /// <summary>A file with a hash of the usual cost, one of less, a secret by reference, a disabled client and one with a certificate only.</summary>
    public static CallersFileBuilder Setup(int perSecond, int? burst = null)
    {
        var setup = new CallersFileBuilder();
        setup.Extra["Gateway:Tokens:PerSecond"] = $"{perSecond}";
        setup.Extra["Gateway:Tokens:Burst"] = $"{burst ?? perSecond}";
        return setup.Write(file =>
        {
            file["clients"]![0]!["secret"] = Hash(CallersFileBuilder.Secret, 3 * Iterations);
            var (disabled, byCertificate, cheap) = (
                setup.Client("disabled"),
                setup.Client("by-certificate"),
                setup.Client("cheap-hash")
            );
            disabled["enabled"] = false;
            byCertificate["require"] = "certificate";
            byCertificate.Remove("secret");
            byCertificate["certificates"] = new JsonArray(new string('a', 64));
            cheap["secret"] = Hash(CallersFileBuilder.Secret, Iterations);
            var clients = file["clients"]!.AsArray();
            clients.Add(setup.Client("by-reference"));
            clients.Add(disabled);
            clients.Add(byCertificate);
            clients.Add(cheap);
        });
    }

    public static string Hash(string secret, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = Rfc2898DeriveBytes.Pbkdf2(secret, salt, iterations, HashAlgorithmName.SHA256, 32);
        return $"pbkdf2-sha256:{iterations}:{Convert.ToBase64String(salt)}:{Convert.ToBase64String(hash)}";
    }
}
