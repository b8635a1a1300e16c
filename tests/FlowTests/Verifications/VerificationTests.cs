using System.Net;
using Integration.Contracts.Client;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Verifications;

public class VerificationTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private HallDriver Hall => shared.Host.Hall;

    public static TheoryData<string> Cases => [.. VerificationCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_the_agencies_know_decides(string trap)
    {
        var expected = VerificationCases.All[trap];

        var answer = await Hall.Api.VerifyAsync(expected.Request);

        var check = Assert.Single(answer.Checks);
        Assert.Equal(expected.Outcome, check.Outcome);
        Assert.Equal(expected.Mismatches, check.Mismatches);
        Assert.Equal(expected.Outcome != CheckOutcome.Match, check.Note is not null);
        Assert.NotNull(check.Source);
    }

    [Fact]
    public async Task Three_checks_are_answered_in_the_order_asked()
    {
        var request = HallRequests.Verification() with
        {
            Checks = [CheckName.PropertyTitle, CheckName.Identity, CheckName.BusinessLicence],
        };

        var answer = await Hall.Api.VerifyAsync(request);

        Assert.Equal(request.Checks, answer.Checks.Select(check => check.Check));
        Assert.All(answer.Checks, check => Assert.Equal(CheckOutcome.Match, check.Outcome));
        Assert.Equal(request.CaseId, answer.CaseId);
        Assert.NotEmpty(answer.Receipt.Signature);
    }

    [Fact]
    public async Task A_seized_title_matches_and_the_note_says_so()
    {
        var request = HallRequests.Identity() with
        {
            Property = SyntheticWorld.Title("t-seized"),
            Checks = [CheckName.PropertyTitle],
        };

        var check = Assert.Single((await Hall.Api.VerifyAsync(request)).Checks);

        Assert.Equal(CheckOutcome.Match, check.Outcome);
        Assert.Contains("查封", check.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_of_a_title_is_bound_to_the_number_of_its_holder()
    {
        var request = HallRequests.Identity("p02") with
        {
            Person = SyntheticWorld.Person("p01") with { IdNumber = SyntheticWorld.Person("p02").IdNumber },
            Property = SyntheticWorld.Title("t01"),
            Checks = [CheckName.PropertyTitle],
        };

        var check = Assert.Single((await Hall.Api.VerifyAsync(request)).Checks);

        Assert.Equal(["holderCode"], check.Mismatches);
    }

    [Fact]
    public async Task Each_call_and_each_check_is_on_record_before_the_answer()
    {
        var request = HallRequests.Verification();

        var answer = await Hall.Api.VerifyAsync(request);

        var records = await EvidenceAsync(request.CaseId!);
        Assert.All(answer.Checks, check => Assert.Contains(records, row => row.EvidenceId == check.EvidenceId));
        Assert.Equal(6, records.Count);
        Assert.Equal(3, records.Count(row => row.Record.Contains("\"agencyCall\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_caller_and_operations_see_a_verification_again_and_nobody_else()
    {
        var made = await Hall.Api.VerifyAsync(HallRequests.Identity());
        var path = $"/v1/verifications/{made.VerificationId}";

        var again = await Hall.Api.GetVerificationAsync(made.VerificationId);
        using var ops = await shared.Host.As("ops").GetAsync(path);
        using var other = await shared.Host.As("hall-limited").GetAsync(path);
        using var unknown = await Hall.GetAsync("/v1/verifications/vrf_00000000000000000000000000");

        Assert.Equal(made.Receipt, again.Receipt);
        Assert.Equal(made.CompletedAt, again.CompletedAt);
        Assert.Equal(HttpStatusCode.OK, ops.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_repeated_request_gets_the_same_answer_and_no_agency_is_asked_again()
    {
        var request = HallRequests.Identity();
        var first = await Hall.Api.VerifyAsync(request, idempotencyKey: request.CaseId);
        var calls = (await shared.Host.Agencies.CallsAsync()).Count;

        var second = await Hall.Api.VerifyAsync(request, idempotencyKey: request.CaseId);

        Assert.Equal(first.VerificationId, second.VerificationId);
        Assert.Equal(first.Receipt, second.Receipt);
        Assert.Equal(calls, (await shared.Host.Agencies.CallsAsync()).Count);
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_a_conflict()
    {
        var request = HallRequests.Identity();
        await Hall.Api.VerifyAsync(request, idempotencyKey: request.CaseId);

        var refused = await Assert.ThrowsAsync<IntegrationProblemException>(() =>
            Hall.Api.VerifyAsync(request with { Person = SyntheticWorld.Person("p02") }, idempotencyKey: request.CaseId)
        );

        Assert.Equal("idempotency-conflict", refused.Problem.Code);
    }

    [Fact]
    public async Task One_check_without_a_grant_refuses_the_whole_request_before_any_agency_is_asked()
    {
        var before = (await shared.Host.Agencies.CallsAsync()).Count;
        await using var limited = shared.Host.As("hall-limited");

        var refused = await Assert.ThrowsAsync<IntegrationProblemException>(() =>
            limited.Api.VerifyAsync(HallRequests.Verification())
        );

        Assert.Equal("not-granted", refused.Problem.Code);
        Assert.Contains("propertyTitle", refused.Problem.Detail, StringComparison.Ordinal);
        Assert.Equal(before, (await shared.Host.Agencies.CallsAsync()).Count);
    }

    [Fact]
    public async Task What_is_granted_is_answered()
    {
        await using var limited = shared.Host.As("hall-limited");

        var answer = await limited.Api.VerifyAsync(HallRequests.Identity());

        Assert.Equal(CheckOutcome.Match, Assert.Single(answer.Checks).Outcome);
    }

    [Fact]
    public async Task A_purpose_without_a_grant_is_refused()
    {
        await using var limited = shared.Host.As("hall-limited");

        var refused = await Assert.ThrowsAsync<IntegrationProblemException>(() =>
            limited.Api.VerifyAsync(HallRequests.Identity() with { Purpose = "electricity.transfer" })
        );

        Assert.Equal("not-granted", refused.Problem.Code);
    }

    private async Task<List<EvidenceRow>> EvidenceAsync(string caseId)
    {
        var factory = shared.Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>();
        await using var db = await factory.CreateDbContextAsync();
        return await db.Set<EvidenceRow>().Where(row => row.CaseId == caseId).ToListAsync();
    }
}
