using System.Text.Json.Nodes;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Deadlines;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Applications;

/// <summary>What happens to an application by itself, with a clock that the test moves.</summary>
public sealed class RepetitionTests : IAsyncLifetime
{
    private static readonly MaterialRequest s_lease = new()
    {
        Proof = "lease",
        Reference = "FILE-1",
        Sha256 = new string('a', 64),
    };

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8)));
    private readonly CancellationTokenSource _stop = new();
    private IntegrationHost _host = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _running = RunAsync();
        _host = await IntegrationHost.StartAsync(new IntegrationHostOptions { Clock = _clock });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    /// <summary>The clock runs on, too: retries and time-outs of agencies that fail wait for it.</summary>
    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    [Fact]
    public async Task A_promise_that_is_not_kept_is_missing_again_on_its_day()
    {
        var made = await _host.Hall.Api.ApplyAsync(Tenant());
        var promised = await PromiseAsync(made.ApplicationId);

        await WakeAsync(made.ApplicationId, after: promised.Commitments[0].DueAt!.Value - _clock.GetUtcNow());

        var shown = await _host.Hall.Api.GetApplicationAsync(made.ApplicationId);
        Assert.Equal(new DateOnly(2026, 12, 21), DateOnly.FromDateTime(promised.Commitments[0].DueAt!.Value.DateTime));
        Assert.Equal("commitments-open", promised.Decision.Rule);
        Assert.Equal("one-paper-missing", shown.Decision.Rule);
        Assert.Empty(shown.Commitments);
    }

    [Fact]
    public async Task A_promise_whose_day_lies_in_a_year_without_calendar_has_none()
    {
        _clock.Advance(TimeSpan.FromDays(30));
        var made = await _host.Hall.Api.ApplyAsync(Tenant());

        var promised = await PromiseAsync(made.ApplicationId);

        Assert.Null(Assert.Single(promised.Commitments).DueAt);
    }

    [Fact]
    public async Task A_limit_that_lies_in_a_year_without_calendar_says_so()
    {
        _clock.Advance(TimeSpan.FromDays(38));

        var made = await _host.Hall.Api.ApplyAsync(HallRequests.Residential());

        Assert.All(made.Limits, limit => Assert.Null(limit.DueAt));
        Assert.All(made.Limits, limit => Assert.Contains("2027", limit.Note, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_application_that_got_too_old_without_an_answer_is_looked_at()
    {
        await _host.Agencies.BreakAsync("population-registry", "http500");
        var made = await _host.Hall.Api.ApplyAsync(HallRequests.Residential());

        await WakeAsync(made.ApplicationId, after: TimeSpan.FromDays(11));

        var shown = await _host.Hall.Api.GetApplicationAsync(made.ApplicationId);
        Assert.Equal("source-silent", shown.Decision.Rule);
        Assert.Null(shown.RecheckAt);
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(8, true)]
    public async Task A_new_decision_rests_on_no_answer_that_got_too_old(int days, bool titleIsAskedAgain)
    {
        await _host.Agencies.BreakAsync("population-registry", "http500");
        var made = await _host.Hall.Api.ApplyAsync(HallRequests.Residential());
        var titles = await TitlesAsync();

        await WakeAsync(made.ApplicationId, after: TimeSpan.FromDays(days));

        Assert.Equal(titleIsAskedAgain, await TitlesAsync() > titles);
    }

    [Fact]
    public async Task A_paper_that_comes_while_agencies_are_asked_again_is_not_lost()
    {
        await _host.Agencies.BreakAsync("population-registry", "http500");
        var made = await _host.Hall.Api.ApplyAsync(Tenant());
        await _host.Agencies.BreakAsync("population-registry", "delay", seconds: 1);

        var waking = WakeAsync(made.ApplicationId, after: TimeSpan.Zero);
        await _host.Hall.Api.AddMaterialAsync(made.ApplicationId, s_lease);
        await waking;

        var shown = await _host.Hall.Api.GetApplicationAsync(made.ApplicationId);
        Assert.Equal("one-paper", shown.Decision.Rule);
        Assert.Equal(["application", "material", "recheck"], shown.History.Select(entry => entry.Trigger));
    }

    [Fact]
    public async Task Nothing_is_asked_for_a_caller_who_lost_the_grant_until_it_is_back()
    {
        await _host.Agencies.BreakAsync("population-registry", "http500");
        var made = await _host.Hall.Api.ApplyAsync(HallRequests.Residential());
        await _host.Agencies.MendAsync("population-registry");
        var calls = (await _host.Agencies.CallsAsync()).Count;
        var granted = await ChangeGrantsAsync(grants =>
            grants.RemoveAll(grant => grant!["id"]!.ToString() == "hall-identity")
        );

        await WakeAsync(made.ApplicationId, after: TimeSpan.Zero);
        var without = (await _host.Agencies.CallsAsync()).Count;
        await File.WriteAllTextAsync(_host.CallersFile, granted);
        Assert.Empty(
            await _host
                .Services.GetRequiredService<CallerDirectory>()
                .ReloadAsync(TestContext.Current.CancellationToken)
        );
        await WakeAsync(made.ApplicationId, after: TimeSpan.Zero);

        Assert.Equal(calls, without);
        Assert.Equal("all-proofs-shared", (await _host.Hall.Api.GetApplicationAsync(made.ApplicationId)).Decision.Rule);
    }

    /// <summary>Moves the clock and does what the timer would do; the timer itself may be as fast, which must not matter.</summary>
    private async Task WakeAsync(string applicationId, TimeSpan after)
    {
        _clock.Advance(after + TimeSpan.FromSeconds(2));
        var handlers = _host.Services.GetServices<ITimerHandler>();
        await handlers
            .Single(handler => handler.Kind == RecheckTimer.TimerKind)
            .HandleAsync(new TimerCall(applicationId, _clock.GetUtcNow()), CancellationToken.None);
    }

    private async Task<int> TitlesAsync() =>
        (await _host.Agencies.CallsOfAsync("real-estate")).Count(call => call.Operation == "query");

    private Task<ApplicationResponse> PromiseAsync(string applicationId) =>
        _host.Hall.Api.AddCommitmentAsync(
            applicationId,
            new CommitmentRequest
            {
                Proof = "lease",
                Reference = "PROMISE-1",
                SignedAt = HallRequests.Consent.GrantedAt,
            }
        );

    /// <summary>Changes the callers file; returns what it was.</summary>
    private async Task<string> ChangeGrantsAsync(Action<List<JsonNode?>> change)
    {
        var before = await File.ReadAllTextAsync(_host.CallersFile);
        var root = JsonNode.Parse(before)!;
        var grants = root["grants"]!.AsArray().ToList();
        change(grants);
        root["grants"] = new JsonArray([.. grants.Select(grant => grant!.DeepClone())]);
        await File.WriteAllTextAsync(_host.CallersFile, root.ToJsonString());
        Assert.Empty(
            await _host
                .Services.GetRequiredService<CallerDirectory>()
                .ReloadAsync(TestContext.Current.CancellationToken)
        );
        return before;
    }

    private static ApplicationRequest Tenant()
    {
        var request = HallRequests.Residential("p03", "t01");
        return request with
        {
            Premises = request.Premises! with
            {
                Tenure = Tenure.Lease,
                Lease = new LeaseInput { LandlordName = "张三", LandlordCode = "421022197001010112" },
            },
        };
    }
}
