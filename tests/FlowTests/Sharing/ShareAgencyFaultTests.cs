using System.Diagnostics;
using System.Text.Json;
using Integration.Contracts.Problems;
using Integration.Testing;
using Integration.Testing.Drivers;

namespace Integration.FlowTests.Sharing;

/// <summary>An agency that fails: whose side it is, whether it may be asked again, what is on record, and how often it was asked.</summary>
public class ShareAgencyFaultTests
{
    private const string Grid = "grid-resource";
    private const string GridPath = "grid-capacity/query";
    private const string Licence = "business-licence";
    private const string LicencePath = "enterprise-register/query";

    [Theory]
    [InlineData(
        Grid,
        GridPath,
        "http500",
        502,
        "agency-unavailable",
        RetryAdvice.Safe,
        "status agency http-500",
        "unanswered",
        2
    )]
    [InlineData(
        Grid,
        GridPath,
        "reset",
        502,
        "agency-unavailable",
        RetryAdvice.Safe,
        "transfer network *",
        "unanswered",
        2
    )]
    [InlineData(
        Grid,
        GridPath,
        "hang",
        504,
        "agency-unavailable",
        RetryAdvice.Safe,
        "timeOut agency time-out",
        "unanswered",
        2
    )]
    [InlineData(
        Grid,
        GridPath,
        "malformed",
        502,
        "answer-unreadable",
        RetryAdvice.Safe,
        "parse agency *",
        "unanswered",
        2
    )]
    [InlineData(
        Grid,
        GridPath,
        "refuse",
        502,
        "agency-refused",
        RetryAdvice.Never,
        "authorisation gateway http-403",
        "refused",
        1
    )]
    [InlineData(
        Grid,
        GridPath,
        "wrongSignature",
        502,
        "agency-unavailable",
        RetryAdvice.Safe,
        "secret gateway http-401",
        "unanswered",
        1
    )]
    [InlineData(
        Licence,
        LicencePath,
        "http500",
        502,
        "agency-unavailable",
        RetryAdvice.Safe,
        "status agency http-500",
        "unanswered",
        2
    )]
    [InlineData(Licence, LicencePath, "reset", 502, "agency-unavailable", RetryAdvice.Safe, "* * *", "unanswered", 2)]
    [InlineData(
        "exchange-platform",
        LicencePath,
        "wrongSignature",
        502,
        "agency-unavailable",
        RetryAdvice.Safe,
        "secret agency *",
        "unanswered",
        -1
    )]
    [InlineData(
        "population-registry",
        "identity-check/check",
        "http500",
        502,
        "*",
        RetryAdvice.Safe,
        "* * *",
        "unanswered",
        2
    )]
    public async Task Each_fault_is_the_problem_it_is_and_on_record(
        string agency,
        string path,
        string fault,
        int status,
        string code,
        RetryAdvice retry,
        string failure,
        string outcome,
        int calls
    )
    {
        await using var host = await IntegrationHost.StartAsync();
        await host.Agencies.BreakAsync(agency, fault);

        using var answer = await host.Hall.ShareAsync(path, ShareFixture.BodyOf(path));
        await host.Agencies.MendAsync(agency);

        var problem = await HallDriver.ProblemOfAsync(answer);
        var record = Assert.Single(await host.RecordsAsync());
        Assert.Equal(status, (int)answer.StatusCode);
        AssertLike(code, problem.Code);
        Assert.Equal(retry, problem.Retry);
        Assert.StartsWith("agency:", problem.Party, StringComparison.Ordinal);
        Assert.Equal(record.EvidenceId, Assert.Single(answer.Headers.GetValues("X-Evidence-Id")));
        Assert.Equal(outcome, record.Fact.Outcome);
        AssertLike(failure, $"{record.Fact.Failure!.Stage} {record.Fact.Failure.Side} {record.Fact.Failure.Code}");
        if (calls > 0)
        {
            Assert.Equal(calls, record.Fact.Call!.Attempts);
            Assert.Equal(calls, (await host.Agencies.CallsOfAsync(agency)).Count);
        }

        using var again = await host.Hall.ShareAsync(path, ShareFixture.BodyOf(path));
        Assert.Equal(200, (int)again.StatusCode);
    }

    [Fact]
    public async Task A_fault_that_passes_is_not_seen_by_the_caller()
    {
        await using var host = await IntegrationHost.StartAsync();
        await host.Agencies.BreakAsync(Grid, "http500", count: 1);

        using var answer = await host.Hall.ShareAsync(GridPath, ShareFixture.BodyOf(GridPath));

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(2, (await LastAsync(host)).Fact.Call!.Attempts);
        Assert.Equal(
            ["fault:http500", "answered"],
            (await host.Agencies.CallsOfAsync(Grid)).Select(call => call.Outcome)
        );
    }

    [Fact]
    public async Task An_expired_key_is_renewed_once_and_the_request_sent_once_more()
    {
        await using var host = await IntegrationHost.StartAsync();
        using var warm = await host.Hall.ShareAsync(LicencePath, ShareFixture.BodyOf(LicencePath));
        await host.Agencies.ResetAsync();
        await host.Agencies.BreakAsync("exchange-platform", "expireSecret", count: 1);

        using var answer = await host.Hall.ShareAsync(LicencePath, ShareFixture.BodyOf(LicencePath));

        Assert.Equal(200, (int)answer.StatusCode);
        var calls = await host.Agencies.CallsOfAsync("exchange-platform");
        Assert.Equal(1, calls.Count(call => call.Outcome == "issued"));
        Assert.Equal("answered", Assert.Single(await host.Agencies.CallsOfAsync(Licence)).Outcome);
        Assert.Equal(2, (await LastAsync(host)).Fact.Call!.Attempts);
    }

    [Fact]
    public async Task A_slow_answer_within_the_time_is_an_answer()
    {
        await using var host = await IntegrationHost.StartAsync();
        await host.Agencies.BreakAsync(Grid, "delay", seconds: 0.3, count: 1);
        var clock = Stopwatch.StartNew();

        using var answer = await host.Hall.ShareAsync(GridPath, ShareFixture.BodyOf(GridPath));

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(0.25), clock.Elapsed.ToString());
        Assert.Single(await host.Agencies.CallsOfAsync(Grid));
    }

    [Fact]
    public async Task No_such_record_is_an_answer_and_never_looks_like_no_answer()
    {
        await using var host = await IntegrationHost.StartAsync();

        using var answer = await host.Hall.ShareAsync(GridPath, """{"unitNumber":"999999999999999999999999999X"}""");

        Assert.Equal(200, (int)answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, body.RootElement.GetProperty("code").GetInt32());
        Assert.Equal("answered", (await LastAsync(host)).Fact.Outcome);
    }

    private static async Task<SharedRecord> LastAsync(IntegrationHost host) => (await host.RecordsAsync())[^1];

    /// <summary>Word by word; <c>*</c> is any.</summary>
    private static void AssertLike(string expected, string actual)
    {
        var pairs = expected.Split(' ').Zip(actual.Split(' '));
        Assert.True(pairs.All(pair => pair.First == "*" || pair.First == pair.Second), $"{expected} <> {actual}");
    }
}
