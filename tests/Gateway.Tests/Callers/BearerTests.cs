using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Integration.Gateway.Tests.Callers;

public sealed class BearerTests
{
    [Fact]
    public async Task A_token_says_who_for_whom_and_for_ten_minutes_under_ES256()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        var jwt = Jwt.Read(await OAuth.TokenAsync(host.Http));

        Assert.Equal("ES256", jwt.Header["alg"]!.GetValue<string>());
        Assert.Equal("at+jwt", jwt.Header["typ"]!.GetValue<string>());
        Assert.Equal("hall", jwt.Payload["sub"]!.GetValue<string>());
        Assert.Equal(CallersFileBuilder.Issuer, jwt.Payload["iss"]!.GetValue<string>());
        Assert.Equal("integration-gateway", jwt.Payload["aud"]!.GetValue<string>());
        Assert.Equal(600, jwt.Payload["exp"]!.GetValue<long>() - jwt.Payload["iat"]!.GetValue<long>());
    }

    [Fact]
    public async Task Without_a_token_the_answer_is_401_and_says_what_is_wanted()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var answer = await OAuth.GetAsync(host.Http, "/who");
        var problem = await OAuth.JsonAsync(answer);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("unauthenticated", problem.GetProperty("code").GetString());
        Assert.Equal("caller", problem.GetProperty("party").GetString());
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer x")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer a b")]
    [InlineData("Basic aGFsbDpoYWxs")]
    [InlineData("bearer")]
    public async Task A_malformed_header_is_refused(string header)
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var answer = await OAuth.GetAsync(host.Http, "/who", header);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Two_authorization_headers_are_refused_even_when_both_are_good()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var token = await OAuth.TokenAsync(host.Http);

        using var one = await OAuth.GetAsync(host.Http, "/who", $"Bearer {token}");
        var two = await RawRequest.StatusAsync(host.Address, "/who", $"Bearer {token}", $"Bearer {token}");

        Assert.Equal(HttpStatusCode.OK, one.StatusCode);
        Assert.Equal(401, two);
    }

    [Fact]
    public async Task An_oversized_token_is_refused()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var answer = await OAuth.GetAsync(host.Http, "/who", $"Bearer {new string('a', 8000)}");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256 with the public key")]
    [InlineData("RS256")]
    [InlineData("another key")]
    [InlineData("ES384")]
    [InlineData("another audience")]
    [InlineData("another issuer")]
    [InlineData("not an access token")]
    [InlineData("without expiry")]
    [InlineData("without subject")]
    [InlineData("changed subject")]
    [InlineData("unknown client")]
    public async Task A_forged_token_is_refused(string forgery)
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var real = await OAuth.TokenAsync(host.Http);

        // Seen first, the real token is remembered: the forgery must not profit from it.
        using var accepted = await OAuth.GetAsync(host.Http, "/who", $"Bearer {real}");
        using var refused = await OAuth.GetAsync(host.Http, "/who", $"Bearer {Forge(forgery, real, host.Setup)}");

        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task The_forger_s_tools_make_a_good_token_when_nothing_is_forged()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var again = Jwt.Read(await OAuth.TokenAsync(host.Http)).Sign(host.Setup.SigningKey);

        using var answer = await OAuth.GetAsync(host.Http, "/who", $"Bearer {again}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_expires_although_it_is_remembered()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var token = await OAuth.TokenAsync(host.Http);

        host.Setup.Time.Advance(TimeSpan.FromSeconds(599));
        using var good = await OAuth.GetAsync(host.Http, "/who", $"Bearer {token}");
        host.Setup.Time.Advance(TimeSpan.FromSeconds(1));
        using var late = await OAuth.GetAsync(host.Http, "/who", $"Bearer {token}");

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Fact]
    public async Task A_token_is_refused_until_it_becomes_valid()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var later = host.Setup.Time.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds();
        var token = Jwt.Read(await OAuth.TokenAsync(host.Http)).With("nbf", later).Sign(host.Setup.SigningKey);

        using var early = await OAuth.GetAsync(host.Http, "/who", $"Bearer {token}");
        host.Setup.Time.Advance(TimeSpan.FromMinutes(1));
        using var good = await OAuth.GetAsync(host.Http, "/who", $"Bearer {token}");

        Assert.Equal(HttpStatusCode.Unauthorized, early.StatusCode);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task A_token_dies_with_the_client_that_it_was_issued_to()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var token = await OAuth.TokenAsync(host.Http);
        using var good = await OAuth.GetAsync(host.Http, "/who", $"Bearer {token}");

        host.Setup.Write(file => file["clients"]![0]!["enabled"] = false);
        Assert.Empty(await host.Directory.ReloadAsync(TestContext.Current.CancellationToken));
        using var disabled = await OAuth.GetAsync(host.Http, "/who", $"Bearer {token}");
        host.Setup.Write(file =>
            (file["clients"], file["grants"]) = (
                new System.Text.Json.Nodes.JsonArray(),
                new System.Text.Json.Nodes.JsonArray()
            )
        );
        Assert.Empty(await host.Directory.ReloadAsync(TestContext.Current.CancellationToken));
        using var removed = await OAuth.GetAsync(host.Http, "/who", $"Bearer {token}");

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, disabled.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, removed.StatusCode);
    }

    [Fact]
    public async Task A_token_over_plain_HTTP_is_refused_unless_it_is_allowed()
    {
        await using var issuing = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var token = await OAuth.TokenAsync(issuing.Http);
        var setup = new CallersFileBuilder { AllowHttp = false };
        setup.Extra["Gateway:Tokens:SigningKey"] = $"file:{issuing.Setup.PathOf("signing.pem")}";
        await using var host = await CallersDriver.StartAsync(setup.Write(_ => { }));

        using var answer = await OAuth.GetAsync(host.Http, "/who", $"Bearer {token}");
        using var asked = await OAuth.AskAsync(host.Http, "hall", CallersFileBuilder.Secret);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(asked.IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_endpoint_for_another_kind_of_caller_is_not_granted()
    {
        var setup = new CallersFileBuilder();
        setup.Write(file =>
        {
            var ops = setup.Client("console");
            ops["kind"] = "ops";
            file["clients"]!.AsArray().Add(ops);
        });
        await using var host = await CallersDriver.StartAsync(setup);
        var (hall, console) = (await OAuth.TokenAsync(host.Http), await OAuth.TokenAsync(host.Http, "console"));

        using var refused = await OAuth.GetAsync(host.Http, "/ops", $"Bearer {hall}");
        using var accepted = await OAuth.GetAsync(host.Http, "/ops", $"Bearer {console}");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("not-granted", (await OAuth.JsonAsync(refused)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    [Fact]
    public async Task Only_an_endpoint_that_says_so_is_open()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var open = await OAuth.GetAsync(host.Http, "/open");
        using var silent = await OAuth.GetAsync(host.Http, "/silent");

        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, silent.StatusCode);
    }

    private static string Forge(string forgery, string real, CallersFileBuilder setup)
    {
        var jwt = Jwt.Read(real);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var big = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        return forgery switch
        {
            "none" or "None" => jwt.WithHeader("alg", forgery).Sign(_ => []),
            "HS256 with the public key" => jwt.WithHeader("alg", "HS256")
                .Sign(bytes =>
                    HMACSHA256.HashData(
                        Encoding.ASCII.GetBytes(setup.SigningKey.ExportSubjectPublicKeyInfoPem()),
                        bytes
                    )
                ),
            "RS256" => jwt.WithHeader("alg", "RS256")
                .Sign(bytes => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            "another key" => jwt.Sign(other),
            "ES384" => jwt.WithHeader("alg", "ES384").Sign(bytes => big.SignData(bytes, HashAlgorithmName.SHA384)),
            "another audience" => jwt.With("aud", "another-gateway").Sign(setup.SigningKey),
            "another issuer" => jwt.With("iss", "http://another.test/").Sign(setup.SigningKey),
            "not an access token" => jwt.WithHeader("typ", "JWT").Sign(setup.SigningKey),
            "without expiry" => jwt.Without("exp").Sign(setup.SigningKey),
            "without subject" => jwt.Without("sub").Sign(setup.SigningKey),
            "changed subject" => $"{jwt.With("sub", "ops").Sign(_ => [])}{real[(real.LastIndexOf('.') + 1)..]}",
            "unknown client" => jwt.With("sub", "nobody").Sign(setup.SigningKey),
            _ => throw new ArgumentOutOfRangeException(nameof(forgery)),
        };
    }
}
