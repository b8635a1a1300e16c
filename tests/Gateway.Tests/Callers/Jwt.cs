using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Integration.Gateway.Tests.Callers;

/// <summary>Makes tokens by hand, good ones and forged ones.</summary>
internal sealed record Jwt(JsonObject Header, JsonObject Payload)
{
    /// <summary>The parts of a real token, to be changed and signed again.</summary>
    public static Jwt Read(string token)
    {
        var parts = token.Split('.');
        return new Jwt(Part(parts[0]), Part(parts[1]));
    }

    /// <summary>An assertion of a client as RFC 7523 wants it.</summary>
    public static Jwt Assertion(string client, string audience, DateTimeOffset now, string id = "a-1") =>
        new(
            new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT" },
            new JsonObject
            {
                ["iss"] = client,
                ["sub"] = client,
                ["aud"] = audience,
                ["jti"] = id,
                ["iat"] = now.ToUnixTimeSeconds(),
                ["exp"] = now.AddMinutes(2).ToUnixTimeSeconds(),
            }
        );

    /// <summary>The public half of a key, as it stands in a callers file.</summary>
    public static JsonObject PublicKey(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64UrlEncoder.Encode(point.X),
            ["y"] = Base64UrlEncoder.Encode(point.Y),
        };
    }

    public Jwt With(string claim, JsonNode? value)
    {
        var payload = (JsonObject)Payload.DeepClone();
        payload[claim] = value;
        return this with { Payload = payload };
    }

    public Jwt Without(string claim)
    {
        var payload = (JsonObject)Payload.DeepClone();
        payload.Remove(claim);
        return this with { Payload = payload };
    }

    public Jwt WithHeader(string name, JsonNode? value)
    {
        var header = (JsonObject)Header.DeepClone();
        header[name] = value;
        return this with { Header = header };
    }

    public string Sign(ECDsa key) => Sign(bytes => key.SignData(bytes, HashAlgorithmName.SHA256));

    public string Sign(Func<byte[], byte[]> sign)
    {
        var content = $"{Encode(Header)}.{Encode(Payload)}";
        return $"{content}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(content)))}";
    }

    private static string Encode(JsonObject part) => Base64UrlEncoder.Encode(part.ToJsonString());

    private static JsonObject Part(string text) => (JsonObject)JsonNode.Parse(Base64UrlEncoder.Decode(text))!;
}
