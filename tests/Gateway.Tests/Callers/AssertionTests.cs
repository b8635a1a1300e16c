using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Integration.Gateway.Tests.Callers;

/// <summary><c>private_key_jwt</c>: the client signs, the gateway knows the public key only.</summary>
public sealed class AssertionTests
{
    private const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    [Theory]
    [InlineData("http://gateway.test/")]
    [InlineData("http://gateway.test/oauth/token")]
    public async Task An_assertion_for_this_gateway_buys_a_token(string audience)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var host = await CallersDriver.StartAsync(WithKey(key));

        using var answer = await AskAsync(host, Jwt.Assertion("hall", audience, host.Setup.Time.GetUtcNow()).Sign(key));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_assertion_buys_one_token_only()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var host = await CallersDriver.StartAsync(WithKey(key));
        var now = host.Setup.Time.GetUtcNow();
        var assertion = Jwt.Assertion("hall", CallersFileBuilder.Issuer, now);

        using var first = await AskAsync(host, assertion.Sign(key));
        using var replay = await AskAsync(host, assertion.Sign(key));
        using var next = await AskAsync(host, assertion.With("jti", "a-2").Sign(key));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, replay.StatusCode);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData("another audience", 401)]
    [InlineData("two audiences", 400)]
    [InlineData("another type", 401)]
    [InlineData("expired", 401)]
    [InlineData("not yet valid", 401)]
    [InlineData("good for a day", 401)]
    [InlineData("without expiry", 400)]
    [InlineData("without id", 401)]
    [InlineData("of another issuer", 401)]
    [InlineData("of an unknown client", 401)]
    [InlineData("another key", 401)]
    [InlineData("none", 401)]
    [InlineData("HS256 with the public key", 401)]
    [InlineData("changed", 401)]
    [InlineData("with an unknown critical header", 401)]
    [InlineData("with a known header that is critical", 401)]
    [InlineData("with nothing critical", 401)]
    public async Task A_wrong_assertion_buys_nothing(string fault, int status)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var host = await CallersDriver.StartAsync(WithKey(key));

        using var answer = await AskAsync(host, Wrong(fault, key, host.Setup.Time.GetUtcNow()));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task An_assertion_of_a_disabled_client_buys_nothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var setup = WithKey(key, client => client["enabled"] = false);
        await using var host = await CallersDriver.StartAsync(setup);
        var assertion = Jwt.Assertion("hall", CallersFileBuilder.Issuer, host.Setup.Time.GetUtcNow());

        using var answer = await AskAsync(host, assertion.Sign(key));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static string Wrong(string fault, ECDsa key, DateTimeOffset now)
    {
        var good = Jwt.Assertion("hall", CallersFileBuilder.Issuer, now);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem());
        return fault switch
        {
            "another audience" => good.With("aud", "http://another.test/").Sign(key),
            "two audiences" => good.With("aud", new JsonArray(CallersFileBuilder.Issuer, "http://another.test/"))
                .Sign(key),
            "another type" => good.WithHeader("typ", "at+jwt").Sign(key),
            "expired" => good.With("exp", now.AddMinutes(-1).ToUnixTimeSeconds()).Sign(key),
            "not yet valid" => good.With("nbf", now.AddMinutes(1).ToUnixTimeSeconds()).Sign(key),
            "good for a day" => good.With("exp", now.AddDays(1).ToUnixTimeSeconds()).Sign(key),
            "without expiry" => good.Without("exp").Sign(key),
            "without id" => good.Without("jti").Sign(key),
            "of another issuer" => good.With("iss", "another").Sign(key),
            "of an unknown client" => good.With("iss", "nobody").With("sub", "nobody").Sign(key),
            "another key" => good.Sign(other),
            "none" => good.WithHeader("alg", "none").Sign(_ => []),
            "HS256 with the public key" => good.WithHeader("alg", "HS256")
                .Sign(bytes => HMACSHA256.HashData(publicKey, bytes)),
            "with an unknown critical header" => good.WithHeader("crit", new JsonArray("b64"))
                .WithHeader("b64", value: false)
                .Sign(key),
            "with a known header that is critical" => good.WithHeader("crit", new JsonArray("alg")).Sign(key),
            "with nothing critical" => good.WithHeader("crit", value: null).Sign(key),
            "changed" => $"{good.With("jti", "a-3").Sign(_ => [])}{good.Sign(key).Split('.')[2]}",
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
    }

    private static CallersFileBuilder WithKey(ECDsa key, Action<JsonObject>? change = null)
    {
        return new CallersFileBuilder().Write(file =>
        {
            var client = file["clients"]![0]!.AsObject();
            client.Remove("secret");
            client["publicKeys"] = new JsonObject { ["keys"] = new JsonArray(Jwt.PublicKey(key)) };
            change?.Invoke(client);
        });
    }

    private static Task<HttpResponseMessage> AskAsync(CallersDriver host, string assertion) =>
        OAuth.PostAsync(
            host.Http,
            ("grant_type", "client_credentials"),
            ("client_assertion_type", Type),
            ("client_assertion", assertion)
        );
}
