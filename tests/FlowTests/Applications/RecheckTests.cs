using System.Diagnostics;
using Integration.Contracts.V1.Applications;
using Integration.Testing;
using Integration.Testing.World;

namespace Integration.FlowTests.Applications;

public sealed class RecheckTests : IAsyncLifetime
{
    /// <summary>Twice the first two waiting times of the policy; the host is shared with other tests' load.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IntegrationHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_unanswered_check_is_accepted_provisionally_and_decided_again_by_itself()
    {
        await _host.Agencies.BreakAsync("population-registry", "http500");
        var made = await _host.Hall.Api.ApplyAsync(HallRequests.Residential());
        await _host.Agencies.MendAsync("population-registry");

        var decided = await DecidedAsync(made.ApplicationId, "all-proofs-shared");

        Assert.Equal((DecisionOutcome.Provisional, "source-unavailable"), (made.Decision.Outcome, made.Decision.Rule));
        Assert.Empty(made.Decision.Missing);
        Assert.NotNull(made.RecheckAt);
        Assert.Equal(["application", "recheck"], decided.History.Select(entry => entry.Trigger));
        Assert.Null(decided.RecheckAt);
        Assert.Equal(made.Decision.EvidenceId, decided.History[0].EvidenceId);
    }

    [Fact]
    public async Task Only_the_open_check_is_asked_again()
    {
        await _host.Agencies.BreakAsync("population-registry", "http500");
        var made = await _host.Hall.Api.ApplyAsync(HallRequests.Residential());
        var titles = (await _host.Agencies.CallsOfAsync("real-estate")).Count;
        await _host.Agencies.MendAsync("population-registry");

        await DecidedAsync(made.ApplicationId, "all-proofs-shared");

        Assert.Equal(titles, (await _host.Agencies.CallsOfAsync("real-estate")).Count);
    }

    [Fact]
    public async Task A_title_from_the_licence_library_counts_as_an_electronic_licence()
    {
        await _host.Agencies.BreakAsync("real-estate", "http500");

        var made = await _host.Hall.Api.ApplyAsync(HallRequests.Residential());

        Assert.Equal("all-proofs-shared", made.Decision.Rule);
        Assert.Equal(
            ProofSource.ElectronicLicence,
            made.Decision.Proofs.Single(proof => proof.Proof == "propertyTitle").SatisfiedBy
        );
    }

    [Fact]
    public async Task A_newborn_company_is_found_as_soon_as_the_register_has_caught_up()
    {
        await _host.Agencies.ResetAsync();
        var request = HallRequests.Commercial("c-newborn") with { Premises = Rented() };
        var made = await _host.Hall.Api.ApplyAsync(request);

        var decided = await DecidedAsync(made.ApplicationId, "one-paper-missing");

        Assert.Equal("papers-missing", made.Decision.Rule);
        Assert.Equal(["businessLicence", "lease"], made.Decision.Missing.Select(missing => missing.Proof));
        Assert.NotNull(made.RecheckAt);
        Assert.Equal("lease", Assert.Single(decided.Decision.Missing).Proof);
    }

    [Fact]
    public async Task An_account_that_waits_for_its_title_is_asked_when_that_has_come()
    {
        await _host.Agencies.BreakAsync("real-estate", "http500");
        await _host.Agencies.BreakAsync("licence-library", "http500");
        var made = await _host.Hall.Api.ApplyAsync(
            HallRequests.Residential("p04", "t04") with
            {
                ServiceType = "transfer",
                Purpose = "electricity.transfer",
                Account = SyntheticWorld.Account("t04"),
                CapacityKw = null,
            }
        );
        Assert.Equal("source-unavailable", made.Decision.Rule);
        Assert.Empty(await _host.Agencies.CallsOfAsync("electricity"));
        await _host.Agencies.MendAsync("real-estate");

        await DecidedAsync(made.ApplicationId, "arrears");

        Assert.NotEmpty(await _host.Agencies.CallsOfAsync("electricity"));
    }

    [Fact]
    public async Task A_withdrawn_application_is_not_asked_about_again()
    {
        await _host.Agencies.BreakAsync("population-registry", "http500");
        var made = await _host.Hall.Api.ApplyAsync(HallRequests.Residential());
        await _host.Hall.Api.WithdrawAsync(made.ApplicationId, new WithdrawRequest { Reason = "不需要了" });
        await _host.Agencies.MendAsync("population-registry");
        var calls = (await _host.Agencies.CallsAsync()).Count;
        // A second application that is woken later than the first would have been.
        await _host.Agencies.BreakAsync("population-registry", "http500");
        var later = await _host.Hall.Api.ApplyAsync(HallRequests.Residential("p02", "t02"));
        await _host.Agencies.MendAsync("population-registry");

        await DecidedAsync(later.ApplicationId, "all-proofs-shared");

        var shown = await _host.Hall.Api.GetApplicationAsync(made.ApplicationId);
        Assert.Equal(2, shown.History.Count);
        Assert.Null(shown.RecheckAt);
        Assert.True((await _host.Agencies.CallsAsync()).Count > calls);
    }

    [Fact]
    public async Task An_application_is_woken_after_a_restart()
    {
        await _host.Agencies.BreakAsync("population-registry", "http500");
        var made = await _host.Hall.Api.ApplyAsync(HallRequests.Residential());

        await _host.RestartAsync();
        var decided = await DecidedAsync(made.ApplicationId, "all-proofs-shared");

        Assert.Equal("recheck", decided.History[^1].Trigger);
    }

    private static PremisesInput Rented() =>
        SyntheticWorld.Premises("t-company") with
        {
            Tenure = Tenure.Lease,
            Lease = new LeaseInput { LandlordName = "公安县示例商贸有限公司", LandlordCode = "91421022MA49T0000B" },
        };

    private async Task<ApplicationResponse> DecidedAsync(string applicationId, string rule)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await _host.Hall.Api.GetApplicationAsync(applicationId);
            if (answer.Decision.Rule == rule)
            {
                return answer;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < s_patience, $"still {answer.Decision.Rule}");
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        }
    }
}
