using System.Diagnostics;
using Integration.Contracts.V1.Verifications;
using Integration.Testing;
using Integration.Testing.World;

namespace Integration.FlowTests.Verifications;

public sealed class BrokenAgencyTests : IAsyncLifetime
{
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IntegrationHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_hanging_agency_costs_its_own_check_only_and_not_more_than_the_callers_wait()
    {
        await _host.Hall.Api.VerifyAsync(HallRequests.Verification());
        await _host.Agencies.BreakAsync("population-registry", "hang");
        var started = Stopwatch.GetTimestamp();

        var answer = await _host.Hall.Api.VerifyAsync(HallRequests.Verification(), prefer: "wait=2");

        Assert.Equal(
            [CheckOutcome.SourceUnavailable, CheckOutcome.Match, CheckOutcome.Match],
            answer.Checks.Select(check => check.Outcome)
        );
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 1.5, 4);
        Assert.Null(answer.Checks[0].Source);
        Assert.NotNull(answer.Checks[0].Note);
    }

    [Theory]
    [InlineData("http500")]
    [InlineData("malformed")]
    [InlineData("reset")]
    public async Task An_agency_that_fails_is_unavailable_and_never_a_mismatch(string fault)
    {
        await _host.Agencies.BreakAsync("population-registry", fault);

        var answer = await _host.Hall.Api.VerifyAsync(HallRequests.Identity());

        Assert.Equal(CheckOutcome.SourceUnavailable, Assert.Single(answer.Checks).Outcome);
    }

    [Fact]
    public async Task An_agency_that_refuses_us_is_not_authorised()
    {
        await _host.Agencies.BreakAsync("population-registry", "refuse");

        var answer = await _host.Hall.Api.VerifyAsync(HallRequests.Identity());

        Assert.Equal(CheckOutcome.NotAuthorised, Assert.Single(answer.Checks).Outcome);
    }

    [Theory]
    [InlineData("http500")]
    [InlineData("refuse")]
    public async Task The_second_source_is_asked_when_the_first_does_not_answer(string fault)
    {
        await _host.Agencies.BreakAsync("business-licence", fault);

        var answer = await _host.Hall.Api.VerifyAsync(OnlyLicence("c01"));

        var check = Assert.Single(answer.Checks);
        Assert.Equal(CheckOutcome.Match, check.Outcome);
        Assert.Equal("licence-library", check.Source!.Agency);
    }

    [Fact]
    public async Task The_second_source_is_asked_when_the_first_hangs()
    {
        await _host.Agencies.BreakAsync("real-estate", "hang");
        var request = HallRequests.Identity("p01") with
        {
            Property = SyntheticWorld.Title("t01"),
            Checks = [CheckName.PropertyTitle],
        };

        var check = Assert.Single((await _host.Hall.Api.VerifyAsync(request, prefer: "wait=2")).Checks);

        Assert.Equal((CheckOutcome.Match, "licence-library"), (check.Outcome, check.Source?.Agency));
    }

    [Fact]
    public async Task Not_found_needs_the_word_of_every_source()
    {
        var unknown = OnlyLicence("c01");
        unknown = unknown with { Enterprise = unknown.Enterprise! with { Uscc = "91350100M000100Y43" } };
        await _host.Agencies.BreakAsync("licence-library", "http500");
        var whileOneIsDown = await _host.Hall.Api.VerifyAsync(unknown);
        await _host.Agencies.ResetAsync();

        var withAll = await _host.Hall.Api.VerifyAsync(unknown with { CaseId = HallRequests.NewCase() });

        Assert.Equal(CheckOutcome.SourceUnavailable, Assert.Single(whileOneIsDown.Checks).Outcome);
        Assert.Equal(CheckOutcome.NotFound, Assert.Single(withAll.Checks).Outcome);
    }

    private static VerificationRequest OnlyLicence(string company) =>
        HallRequests.Identity() with
        {
            Person = null,
            Enterprise = SyntheticWorld.Company(company),
            Checks = [CheckName.BusinessLicence],
        };
}
