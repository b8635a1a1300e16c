using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts.Problems;
using Microsoft.IdentityModel.Tokens;

namespace Integration.Gateway.Callers;

/// <summary>Reads one key of a client's key set: an EC public key on P-256 and nothing else.</summary>
internal static class PublicKeyEntry
{
    public static JsonWebKey Read(JsonElement element, string pointer, List<FieldFault> faults)
    {
        // "d" is not known here, so a private key put into the file by mistake is refused.
        var entry = new StrictObject(element, pointer, faults, "kty", "crv", "x", "y", "kid", "use", "alg");
        Expect(entry, "kty", "EC", needed: true);
        Expect(entry, "crv", "P-256", needed: true);
        Expect(entry, "use", "sig", needed: false);
        Expect(entry, "alg", SecurityAlgorithms.EcdsaSha256, needed: false);
        var key = new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            X = entry.Text("x"),
            Y = entry.Text("y"),
            Kid = entry.OptionalText("kid"),
        };
        if (key.X.Length > 0 && key.Y.Length > 0 && !IsOnCurve(key))
        {
            entry.Fault("x", "key", "x and y are no point on P-256.");
        }

        return key;
    }

    private static void Expect(StrictObject entry, string member, string value, bool needed)
    {
        if (needed || entry.Optional(member) is not null)
        {
            var text = entry.Text(member);
            if (text.Length > 0 && text != value)
            {
                entry.Fault(member, "unknown-value", $"Only {value} is accepted.");
            }
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
