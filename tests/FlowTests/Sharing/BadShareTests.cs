using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Integration.Testing;
using Integration.Testing.Drivers;
using Ask = Integration.Testing.Drivers.Sharing;

namespace Integration.FlowTests.Sharing;

/// <summary>What is refused before anything is sent: the agencies' call list stays empty each time.</summary>
public class BadShareTests(ShareFixture shared) : IClassFixture<ShareFixture>
{
    private const string Path = "grid-capacity/query";

    [Fact]
    public async Task Without_a_token_every_path_is_401()
    {
        foreach (var path in new[] { Path, "grid-capacity/other", "nothing/at-all" })
        {
            using var content = new StringContent(ShareFixture.BodyOf(Path), Encoding.UTF8, "application/json");
            using var answer = await shared.Hall.Http.PostAsync($"/share/{path}", content);
            await RefusedAsync(answer, 401, "unauthenticated");
        }
    }

    [Theory]
    [InlineData("nothing/query")]
    [InlineData("grid-capacity/other")]
    [InlineData("grid-capacity/query/more")]
    [InlineData("grid-capacity")]
    [InlineData("Grid-Capacity/query")]
    [InlineData("grid-capacity/Query")]
    public async Task An_unknown_resource_or_path_is_404(string path)
    {
        using var answer = await ShareAsync(path, ShareFixture.BodyOf(Path));

        await RefusedAsync(answer, 404, "not-found");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task A_method_that_the_operation_lacks_is_405_with_Allow(string method)
    {
        await shared.Host.Agencies.ResetAsync();

        using var answer = await shared.Hall.SendAsync(
            new HttpMethod(method),
            $"/share/{Path}",
            null,
            [.. Ask.Headers]
        );

        Assert.Equal(["POST"], answer.Content.Headers.Allow);
        await RefusedAsync(answer, 405, "method-not-allowed");
    }

    [Theory]
    [InlineData("hall-limited", Path, Ask.Purpose, "Rule service:")]
    [InlineData("water", Path, Ask.Purpose, "Rule service:")]
    [InlineData("hall", Path, "electricity.transfer", "Rule purpose:")]
    [InlineData("hall-limited", "enterprise-register/query", "electricity.transfer", "Rule purpose:")]
    [InlineData("hall-limited", "project-approval/query", Ask.Purpose, "Rule validity:")]
    public async Task What_no_grant_covers_is_403_and_the_rule_is_named(
        string client,
        string path,
        string purpose,
        string rule
    )
    {
        await shared.Host.Agencies.ResetAsync();

        using var answer = await shared
            .Host.As(client)
            .ShareAsync(path, ShareFixture.BodyOf(path), ("X-Purpose", purpose));

        var problem = await RefusedAsync(answer, 403, "not-granted");
        Assert.StartsWith(rule, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_of_headers_query_and_body_are_listed_at_once()
    {
        using var answer = await ShareAsync(
            $"{Path}?page=1",
            """{"unitNumber":"1","unitNumber":"2","other":true}""",
            ("X-Case-Id", string.Empty),
            ("X-Purpose", "curiosity"),
            ("X-Basis", "whim")
        );

        var problem = await RefusedAsync(answer, 400, "request-invalid");
        Assert.Equal(
            ["/other", "/unitNumber", "header:X-Basis", "header:X-Case-Id", "header:X-Purpose", "query"],
            problem.Errors!.Select(fault => fault.Pointer).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("X-Case-Id", "HALL 1")]
    [InlineData("X-Purpose", "")]
    [InlineData("X-Basis", "")]
    [InlineData("X-Basis", "consent; reference=\"CONSENT-1\"")]
    [InlineData("X-Basis", "consent; reference=\"CONSENT-1\"; grantedAt=\"2098-01-05T09:00:00+08:00\"")]
    [InlineData(
        "X-Basis",
        "consent; reference=\"CONSENT-1\"; grantedAt=\"2026-01-05T09:00:00+08:00\"; reference=\"CONSENT-2\""
    )]
    [InlineData(
        "X-Basis",
        "consent; reference=\"CONSENT-1\"; grantedAt=\"2026-01-05T09:00:00+08:00\"; grantedAt=\"2026-01-05T09:00:00+08:00\""
    )]
    [InlineData(
        "X-Basis",
        "consent; reference=\"CONSENT-1\"; Reference=\"CONSENT-2\"; grantedAt=\"2026-01-05T09:00:00+08:00\""
    )]
    [InlineData("X-Basis", "consent; reference=\"CONSENT-1\"; grantedAt=\"2026-01-05T09:00:00+08:00\"; by=\"me\"")]
    [InlineData("X-Basis", "rumour; reference=\"CONSENT-1\"; grantedAt=\"2026-01-05T09:00:00+08:00\"")]
    public async Task A_header_that_is_missing_or_wrong_is_named(string name, string value)
    {
        using var answer = await ShareAsync(Path, ShareFixture.BodyOf(Path), (name, value));

        var problem = await RefusedAsync(answer, 400, "request-invalid");
        Assert.All(problem.Errors!, fault => Assert.Equal($"header:{name}", fault.Pointer));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=gbk")]
    [InlineData("application/json; charset=utf-8; version=2")]
    public async Task Another_content_type_is_415(string type)
    {
        using var answer = await SendAsync(ShareFixture.BodyOf(Path), type);

        await RefusedAsync(answer, 415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_body_over_the_operations_limit_is_413_announced_or_not()
    {
        var body = $$"""{"unitNumber":"{{new string('1', 70_000)}}"}""";

        using var announced = await SendAsync(body, "application/json");
        using var chunked = await SendAsync(body, "application/json", isChunked: true);

        await RefusedAsync(announced, 413, "body-too-large");
        await RefusedAsync(chunked, 413, "body-too-large");
    }

    [Theory]
    [InlineData("", "missing")]
    [InlineData("[]", null)]
    [InlineData("{\"unitNumber\":", null)]
    [InlineData("{\"unitNumber\":\"\\ud800\"}", null)]
    [InlineData("{\"unitNumber\":{\"deep\":1}}", null)]
    public async Task A_body_that_is_none_or_not_as_allowed_is_400(string body, string? code)
    {
        using var answer = await SendAsync(body, "application/json");

        var problem = await RefusedAsync(answer, 400, "request-invalid");
        Assert.NotEmpty(problem.Errors!);
        Assert.True(code is null || problem.Errors!.Any(fault => fault.Code == code));
    }

    [Theory]
    [InlineData("2026-11-22", "2026-11-23T08:00:00+08:00", 403)]
    [InlineData("2026-11-23", "2026-11-23T08:00:00+08:00", 200)]
    [InlineData("2026-11-23", "2026-11-24T00:00:00+08:00", 403)]
    public async Task An_approval_holds_to_the_end_of_its_last_day(string lastDay, string now, int status)
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(
            DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)
        );
        await using var host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Clock = clock,
                Catalogue = catalogue => catalogue["resources"]![2]!["validUntil"] = lastDay,
            }
        );

        using var answer = await host.Hall.ShareAsync(Path, ShareFixture.BodyOf(Path));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, (await host.Agencies.CallsOfAsync("grid-resource")).Count);
        if (status == 403)
        {
            Assert.StartsWith(
                "Rule approval:",
                (await HallDriver.ProblemOfAsync(answer)).Detail,
                StringComparison.Ordinal
            );
        }
    }

    private async Task<HttpResponseMessage> ShareAsync(
        string path,
        string body,
        params (string Name, string Value)[] headers
    )
    {
        await shared.Host.Agencies.ResetAsync();
        return await shared.Hall.ShareAsync(path, body, headers);
    }

    private async Task<HttpResponseMessage> SendAsync(string body, string type, bool isChunked = false)
    {
        await shared.Host.Agencies.ResetAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/share/{Path}")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await shared.Hall.TokenAsync());
        foreach (var (name, value) in Ask.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await shared.Hall.Http.SendAsync(request);
    }

    private async Task<Integration.Contracts.Problems.Problem> RefusedAsync(
        HttpResponseMessage answer,
        int status,
        string code
    )
    {
        Assert.Equal(status, (int)answer.StatusCode);
        var problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Equal((code, "caller"), (problem.Code, problem.Party));
        Assert.False(answer.Headers.Contains("X-Evidence-Id"));
        Assert.Equal(0, await shared.CallsAsync());
        return problem;
    }
}
