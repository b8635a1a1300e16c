using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Integration.Gateway.Tests.Callers;

/// <summary>What strangers send to <c>/oauth/token</c> instead of a form is their fault, never the gateway's.</summary>
public sealed class TokenFormTests
{
    private const string Good =
        $"grant_type=client_credentials&client_id=hall&client_secret={CallersFileBuilder.Secret}";

    public static TheoryData<string, string> Broken =>
        new()
        {
            { "thousands of members", $"{Good}{Many(3000, i => $"&a{i}=1")}" },
            { "thousands without a value", string.Join('&', Enumerable.Repeat("a", 5000)) },
            { "more members than any client needs", $"{Good}{Many(40, i => $"&a{i}=1")}" },
            { "a long name", $"{Good}&{new string('n', 65)}=1" },
            { "a very long name", $"{Good}&{new string('n', 5000)}=1" },
            { "a long value", $"{Good}&scope={new string('v', 9000)}" },
            { "NUL in a value", $"{Good}%00" },
            { "NUL in a name", $"{Good}&a%00b=1" },
            { "a raw NUL", $"{Good}\0" },
            { "a line break in a value", "grant_type=client_credentials&client_id=hall%0d%0a&client_secret=x" },
            { "a percent at the end", $"{Good}%" },
            { "half an escape", $"{Good}%4" },
            { "no hexadecimal digits", $"{Good}%zz" },
            { "an escape that is cut by the next member", "client_id=%4&a=1" },
            { "UTF-8 that is cut off", "grant_type=client_credentials&client_id=%e8%af" },
            { "UTF-8 that is overlong", "grant_type=client_credentials&client_id=%c0%af" },
            { "half a surrogate pair", "grant_type=client_credentials&client_id=%ed%a0%80" },
            { "a member twice", $"{Good}&client_id=hall" },
            { "a member twice, once escaped", $"{Good}&client%5Fid=hall" },
            { "the secret twice", $"{Good}&client_secret=other" },
            { "no name", $"{Good}&=1" },
            { "nothing but separators", new string('&', 5000) },
            { "nothing", "" },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_form_that_no_client_sends_is_a_bad_request(string what, string body)
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var answer = await PostAsync(host, body);

        await AssertBadAsync(what, answer);
        using var good = await PostAsync(host, Good);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    public async Task An_assertion_that_names_its_client_oddly_is_refused_and_breaks_nothing(string issuer)
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var head = Base64Url.EncodeToString("""{"alg":"ES256"}"""u8);
        var claims = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"iss":{{issuer}}}"""));

        using var answer = await PostAsync(
            host,
            "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                + $"&client_assertion={head}.{claims}.AA"
        );

        Assert.InRange((int)answer.StatusCode, 400, 401);
        using var good = await PostAsync(host, Good);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Theory]
    [InlineData($"{Good}&")]
    [InlineData($"&{Good}")]
    [InlineData("grant_type=client%5Fcredentials&client_id=h%61ll&client_secret=hall-secret-0123456789-abcde%66")]
    [InlineData($"{Good}&scope=")]
    public async Task Its_good_neighbour_buys_a_token(string body)
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var answer = await PostAsync(host, body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16")]
    [InlineData(null)]
    public async Task Another_type_of_body_is_a_bad_request(string? type)
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var answer = await PostAsync(host, Good, type);

        await AssertBadAsync(type ?? "no type", answer);
    }

    [Theory]
    [InlineData("Basic !!!!")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic aGFsbA==")] // no colon
    [InlineData("Basic /////w==")] // no UTF-8
    [InlineData("Basic AGhhbGw6eA==")] // NUL
    [InlineData("Basic aGFsbCUwMDp4")] // hall%00:x
    [InlineData("Basic huge")]
    public async Task Broken_HTTP_Basic_is_a_bad_request(string header)
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var huge = Convert.ToBase64String(Encoding.ASCII.GetBytes($"hall:{new string('x', 9000)}"));

        using var answer = await PostAsync(
            host,
            "grant_type=client_credentials",
            authorization: header.Replace("huge", huge, StringComparison.Ordinal)
        );

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized });
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Whatever_is_sent_nothing_is_the_gateways_fault()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var seed = 20261201UL;
        string[] parts =
        [
            "grant_type",
            "client_id",
            "=",
            "&",
            "%00",
            "%",
            "%ff",
            "+",
            "hall",
            "client_secret",
            "\u00e9",
            "a",
        ];
        for (var i = 0; i < 500; i++)
        {
            var body = string.Concat(Enumerable.Range(0, Next(40)).Select(_ => parts[Next(parts.Length)]));

            using var answer = await PostAsync(host, body);

            Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{(int)answer.StatusCode}: {body}");
        }

        int Next(int below)
        {
            seed = (seed * 6364136223846793005UL) + 1442695040888963407UL;
            return (int)((seed >> 33) % (ulong)below);
        }
    }

    [Fact]
    public async Task A_secret_longer_than_any_of_ours_is_wrong()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        using var answer = await OAuth.AskAsync(host.Http, "hall", new string('x', 4000));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static string Many(int count, Func<int, string> member) =>
        string.Concat(Enumerable.Range(0, count).Select(member));

    private static async Task<HttpResponseMessage> PostAsync(
        CallersDriver host,
        string body,
        string? type = "application/x-www-form-urlencoded",
        string? authorization = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task AssertBadAsync(string what, HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{what}: {(int)answer.StatusCode}");
        var problem = await OAuth.JsonAsync(answer);
        Assert.Equal("request-invalid", problem.GetProperty("code").GetString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }
}
