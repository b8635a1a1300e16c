using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Integration.Testing;

namespace Integration.FlowTests.Sharing;

/// <summary>Access tokens made by hand with the gateway's own key, good ones and forged ones.</summary>
internal sealed class ForgedTokens : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create();
    private readonly string _real;

    public ForgedTokens(IntegrationHost host, string real)
    {
        _real = real;
        _key.ImportFromPem(File.ReadAllText(host.SecretFile("token-signing.pem")));
    }

    public string Make(string forgery)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return forgery switch
        {
            "nothing" => Signed(_ => { }, Sign),
            "none" => Signed(_ => { }, _ => [], "none"),
            "HS256 with the public key" => Signed(_ => { }, Mac, "HS256"),
            "another key" => Signed(_ => { }, bytes => other.SignData(bytes, HashAlgorithmName.SHA256)),
            "another audience" => Signed(claims => claims["aud"] = "another-gateway", Sign),
            "another issuer" => Signed(claims => claims["iss"] = "http://another.test/", Sign),
            "expired" => Signed(claims => claims["exp"] = now.AddSeconds(-1).ToUnixTimeSeconds(), Sign),
            "not yet valid" => Signed(claims => claims["nbf"] = now.AddMinutes(5).ToUnixTimeSeconds(), Sign),
            "without expiry" => Signed(claims => claims.Remove("exp"), Sign),
            "of nobody" => Signed(claims => claims["sub"] = "nobody", Sign),
            "tampered" => $"{Signed(claims => claims["sub"] = "ops", _ => [])}{_real.Split('.')[2]}",
            _ => throw new ArgumentOutOfRangeException(nameof(forgery)),
        };
    }

    public void Dispose() => _key.Dispose();

    /// <summary>A client's assertion for the token endpoint.</summary>
    public static string Assertion(ECDsa key, string audience, string id)
    {
        var now = TimeProvider.System.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = "hall",
            ["sub"] = "hall",
            ["aud"] = audience,
            ["jti"] = id,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(2).ToUnixTimeSeconds(),
        };
        return Joined(
            new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT" },
            claims,
            bytes => key.SignData(bytes, HashAlgorithmName.SHA256)
        );
    }

    private byte[] Sign(byte[] bytes) => _key.SignData(bytes, HashAlgorithmName.SHA256);

    private byte[] Mac(byte[] bytes) =>
        HMACSHA256.HashData(Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem()), bytes);

    private string Signed(Action<JsonObject> change, Func<byte[], byte[]> sign, string? algorithm = null)
    {
        var (head, claims) = (Part(0), Part(1));
        change(claims);
        head["alg"] = algorithm ?? (string)head["alg"]!;
        return Joined(head, claims, sign);
    }

    private static string Joined(JsonObject head, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Encoded(head)}.{Encoded(claims)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private JsonObject Part(int index) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(_real.Split('.')[index]))!.AsObject();

    private static string Encoded(JsonObject part) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
