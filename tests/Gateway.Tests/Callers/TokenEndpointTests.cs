using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Integration.Gateway.Tests.Callers;

public sealed class TokenEndpointTests
{
    [Fact]
    public async Task A_client_gets_a_token_for_its_secret_and_is_known_by_it()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var answer = await OAuth.AskAsync(host.Http, "hall", CallersFileBuilder.Secret);
        var json = await OAuth.JsonAsync(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Bearer", json.GetProperty("token_type").GetString());
        Assert.InRange(json.GetProperty("expires_in").GetInt64(), 599, 600);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        using var who = await OAuth.GetAsync(
            host.Http,
            "/who",
            $"Bearer {json.GetProperty("access_token").GetString()}"
        );
        Assert.Equal("hall Hall", await who.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_secret_may_come_by_HTTP_Basic()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var good = await OAuth.AskBasicAsync(host.Http, "hall", CallersFileBuilder.Secret);
        using var wrong = await OAuth.AskBasicAsync(host.Http, "hall", "wrong");

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
    }

    [Theory]
    [InlineData("plus+slash/equals=percent%41colon:amp&and-more")]
    [InlineData("a blank, a quote \" and a tilde ~ are allowed too")]
    [InlineData("密钥也可以有汉字-中文-中文-中文-中文-中文")]
    public async Task An_odd_secret_comes_by_HTTP_Basic_when_it_is_form_encoded_first(string secret)
    {
        await using var host = await CallersDriver.StartAsync(
            new CallersFileBuilder().Write(file =>
            {
                var salt = RandomNumberGenerator.GetBytes(16);
                var hash = Rfc2898DeriveBytes.Pbkdf2(secret, salt, 100_000, HashAlgorithmName.SHA256, 32);
                file["clients"]![0]!["secret"] =
                    $"pbkdf2-sha256:100000:{Convert.ToBase64String(salt)}:{Convert.ToBase64String(hash)}";
            })
        );

        using var percent = await OAuth.AskBasicAsync(host.Http, "hall", Uri.EscapeDataString(secret));
        using var form = await OAuth.AskBasicAsync(host.Http, "hall", System.Net.WebUtility.UrlEncode(secret));
        using var wrong = await OAuth.AskBasicAsync(host.Http, "hall", Uri.EscapeDataString($"{secret}x"));

        Assert.Equal(HttpStatusCode.OK, percent.StatusCode);
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
    }

    [Fact]
    public async Task A_secret_kept_as_a_salted_hash_is_accepted_and_another_is_not()
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = Rfc2898DeriveBytes.Pbkdf2(CallersFileBuilder.Secret, salt, 100_000, HashAlgorithmName.SHA256, 32);
        var kept = $"pbkdf2-sha256:100000:{Convert.ToBase64String(salt)}:{Convert.ToBase64String(hash)}";
        await using var host = await CallersDriver.StartAsync(
            new CallersFileBuilder().Write(file => file["clients"]![0]!["secret"] = kept)
        );

        using var good = await OAuth.AskAsync(host.Http, "hall", CallersFileBuilder.Secret);
        using var wrong = await OAuth.AskAsync(host.Http, "hall", CallersFileBuilder.Secret + "x");

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
    }

    [Theory]
    [InlineData("hall", "wrong")]
    [InlineData("hall", "")]
    [InlineData("nobody", CallersFileBuilder.Secret)]
    [InlineData("disabled", CallersFileBuilder.Secret)]
    [InlineData("by-certificate", CallersFileBuilder.Secret)]
    public async Task Every_failed_proof_gets_the_same_answer(string id, string secret)
    {
        var setup = new CallersFileBuilder();
        setup.Write(file =>
        {
            var (disabled, byCertificate) = (setup.Client("disabled"), setup.Client("by-certificate"));
            disabled["enabled"] = false;
            byCertificate["require"] = "certificate";
            byCertificate["certificates"] = new JsonArray(new string('a', 64));
            file["clients"]!.AsArray().Add(disabled);
            file["clients"]!.AsArray().Add(byCertificate);
        });
        await using var host = await CallersDriver.StartAsync(setup);

        using var answer = await OAuth.AskAsync(host.Http, id, secret);
        var problem = await OAuth.JsonAsync(answer);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("unauthenticated", problem.GetProperty("code").GetString());
        Assert.Equal("caller", problem.GetProperty("party").GetString());
        Assert.Equal("invalid_client", problem.GetProperty("error").GetString());
        Assert.Equal(
            "The client is unknown, not enabled, or has not proved who it is.",
            problem.GetProperty("detail").GetString()
        );
        Assert.NotEmpty(answer.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task Without_any_proof_there_is_no_token()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var answer = await OAuth.PostAsync(
            host.Http,
            ("grant_type", "client_credentials"),
            ("client_id", "hall")
        );

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("authorization_code")]
    [InlineData("refresh_token")]
    [InlineData("")]
    public async Task Another_grant_type_is_a_bad_request(string grantType)
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var answer = await OAuth.PostAsync(
            host.Http,
            ("grant_type", grantType),
            ("client_id", "hall"),
            ("client_secret", CallersFileBuilder.Secret)
        );
        var problem = await OAuth.JsonAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("request-invalid", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_secret_in_the_address_is_not_read()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var address =
            $"/oauth/token?grant_type=client_credentials&client_id=hall&client_secret={CallersFileBuilder.Secret}";

        using var answer = await host.Http.PostAsync(
            address,
            new FormUrlEncodedContent([]),
            TestContext.Current.CancellationToken
        );

        Assert.False(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Two_proofs_at_once_are_refused()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token");
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"hall:{CallersFileBuilder.Secret}"));
        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {basic}");
        request.Content = new FormUrlEncodedContent([
            KeyValuePair.Create("grant_type", "client_credentials"),
            KeyValuePair.Create("client_id", "hall"),
            KeyValuePair.Create("client_secret", CallersFileBuilder.Secret),
        ]);

        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.False(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Neither_secrets_nor_tokens_are_logged()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var token = await OAuth.TokenAsync(host.Http);
        using var refused = await OAuth.AskAsync(host.Http, "hall", "a-wrong-secret-of-some-length");
        using var who = await OAuth.GetAsync(host.Http, "/who", $"Bearer {token}");

        Assert.NotEmpty(host.Setup.Logs.Entries);
        Assert.DoesNotContain(
            host.Setup.Logs.Entries,
            entry =>
                entry.ToString().Contains(CallersFileBuilder.Secret, StringComparison.Ordinal)
                || entry.ToString().Contains("a-wrong-secret-of-some-length", StringComparison.Ordinal)
                || entry.ToString().Contains(token, StringComparison.Ordinal)
        );
    }
}
