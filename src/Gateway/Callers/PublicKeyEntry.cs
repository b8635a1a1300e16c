using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Integration.Gateway.Callers;

/// <summary>Reads one key of a client's key set: an EC public key on P-256 and nothing else.</summary>
internal static class PublicKeyEntry
{
    public static JsonWebKey Read(KeyDocument document, EntryFaults entry)
    {
        Expect("kty", entry.Text("kty", document.Kty), "EC", entry);
        Expect("crv", entry.Text("crv", document.Crv), "P-256", entry);
        Expect("use", entry.OptionalText("use", document.Use), "sig", entry);
        Expect("alg", entry.OptionalText("alg", document.Alg), SecurityAlgorithms.EcdsaSha256, entry);
        var key = new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            X = entry.Text("x", document.X),
            Y = entry.Text("y", document.Y),
            Kid = entry.OptionalText("kid", document.Kid),
        };
        if (key.X.Length > 0 && key.Y.Length > 0 && !IsOnCurve(key))
        {
            entry.Add("x", "key", "x and y are no point on P-256.");
        }

        return key;
    }

    private static void Expect(string member, string? text, string expected, EntryFaults entry)
    {
        if (text is { Length: > 0 } && text != expected)
        {
            entry.Add(member, "unknown-value", $"Only {expected} is accepted.");
        }
    }

    private static bool IsOnCurve(JsonWebKey key)
    {
        try
        {
            var point = new ECPoint
            {
                X = Base64UrlEncoder.DecodeBytes(key.X),
                Y = Base64UrlEncoder.DecodeBytes(key.Y),
            };
            using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
            return true;
        }
        catch (Exception reason) when (reason is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
