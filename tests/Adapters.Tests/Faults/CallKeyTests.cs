using Integration.Adapters.Ports;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.Faults;

/// <summary>Tokens and secrets that agencies hand out: fetched once, renewed before their end, and once when refused.</summary>
public class CallKeyTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("real-estate", "Gateway", "token")]
    [InlineData("electricity", "Gateway", "token")]
    [InlineData("electricity", "Irs", "refreshTokenByKey")]
    public async Task Many_questions_at_once_fetch_one_key(string agency, string dialect, string fetch)
    {
        await using var adapters = await StartAsync(TimeProvider.System, dialect);
        await adapters.SwitchAsync(agency, "delay", seconds: 0.2, count: 1);
        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => adapters.AskAsync(agency)));
        Assert.All(asked, answer => Assert.Equal("found", answer.Kind));
        Assert.Single(await adapters.CallsAsync(agency), operation => operation == fetch);
    }

    [Theory]
    [InlineData("real-estate", "Gateway", 1600)]
    [InlineData("electricity", "Gateway", 7200)]
    [InlineData("electricity", "Irs", 900)]
    public async Task A_key_is_renewed_a_minute_before_its_end(string agency, string dialect, int lifeSeconds)
    {
        var clock = new FakeTimeProvider(s_start);
        await using var adapters = await StartAsync(clock, dialect);
        await adapters.AskAsync(agency);

        clock.Advance(TimeSpan.FromSeconds(lifeSeconds - 61));
        Assert.Equal("found", (await adapters.AskAsync(agency)).Kind);
        Assert.Equal(1, await FetchesAsync(adapters, agency));

        clock.Advance(TimeSpan.FromSeconds(2));
        var asked = await adapters.AskAsync(agency);
        Assert.Equal(("found", 1), (asked.Kind, asked.Trace.Attempts));
        Assert.Equal(2, await FetchesAsync(adapters, agency));
    }

    [Fact]
    public async Task An_irs_request_secret_is_renewed_under_the_refresh_secret_while_that_lasts()
    {
        var clock = new FakeTimeProvider(s_start);
        await using var adapters = await StartAsync(clock, "Irs");
        await adapters.AskAsync("electricity");
        clock.Advance(TimeSpan.FromMinutes(15));
        await adapters.AskAsync("electricity");
        clock.Advance(TimeSpan.FromHours(48));
        Assert.Equal("found", (await adapters.AskAsync("electricity")).Kind);

        Assert.Equal(
            ["refreshTokenByKey", "refreshTokenBySec", "refreshTokenByKey"],
            (await adapters.CallsAsync("electricity")).Where(operation => operation != "precheck")
        );
    }

    [Fact]
    public async Task An_irs_refresh_secret_that_is_refused_falls_back_to_the_app_secret()
    {
        await using var adapters = await StartAsync(TimeProvider.System, "Irs");
        await adapters.AskAsync("electricity");
        await adapters.SwitchAsync("electricity", "expireSecret");

        var asked = await adapters.AskAsync("electricity");
        Assert.Equal(("found", 2), (asked.Kind, asked.Trace.Attempts));
        Assert.Equal(
            ["refreshTokenByKey", "precheck", "precheck", "refreshTokenBySec", "refreshTokenByKey", "precheck"],
            await adapters.CallsAsync("electricity")
        );
    }

    [Theory]
    [InlineData("real-estate", "Gateway")]
    [InlineData("electricity", "Gateway")]
    [InlineData("electricity", "Irs")]
    public async Task A_key_that_cannot_be_had_is_a_failure_at_the_secret(string agency, string dialect)
    {
        await using var adapters = await StartAsync(TimeProvider.System, dialect);
        await adapters.SwitchAsync(agency, "http500");
        var asked = await adapters.AskAsync(agency);
        Assert.Equal(("unanswered", 0), (asked.Kind, asked.Trace.Attempts));
        Assert.Equal((FailureStage.Secret, FailureSide.Agency, "http-500"), Known.Of(asked.Failure));

        await adapters.SwitchAsync(agency, "none");
        Assert.Equal("found", (await adapters.AskAsync(agency)).Kind);
    }

    [Theory]
    [InlineData("real-estate", "Gateway", "code-1")]
    [InlineData("electricity", "Gateway", "http-401")]
    [InlineData("electricity", "Irs", "http-401")]
    public async Task Wrong_credentials_are_our_side(string agency, string dialect, string code)
    {
        await using var adapters = await StartAsync(TimeProvider.System, dialect);
        await adapters.SwitchAsync(agency, "wrongSignature");
        var asked = await adapters.AskAsync(agency);
        Assert.Equal("unanswered", asked.Kind);
        Assert.Equal((FailureStage.Secret, FailureSide.Gateway, code), Known.Of(asked.Failure));
    }

    [Theory]
    [InlineData("real-estate", "Gateway")]
    [InlineData("electricity", "Gateway")]
    [InlineData("electricity", "Irs")]
    public async Task A_spoilt_key_answer_is_a_failure_at_the_secret(string agency, string dialect)
    {
        await using var adapters = await StartAsync(TimeProvider.System, dialect);
        await adapters.SwitchAsync(agency, "malformed");
        var asked = await adapters.AskAsync(agency);
        Assert.Equal("unanswered", asked.Kind);
        Assert.Equal((FailureStage.Secret, FailureSide.Agency), (asked.Failure!.Stage, asked.Failure.Side));
    }

    private static async Task<int> FetchesAsync(AdaptersOnSandbox adapters, string agency) =>
        (await adapters.CallsAsync(agency)).Count(operation => operation is not ("query" or "precheck"));

    private static Task<AdaptersOnSandbox> StartAsync(TimeProvider time, string dialect) =>
        AdaptersOnSandbox.StartAsync(time, dialect == "Irs" ? AdaptersOnSandbox.Irs : null);
}
