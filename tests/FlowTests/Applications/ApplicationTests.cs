using System.Net;
using Integration.Contracts.Client;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Applications;

public class ApplicationTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private HallDriver Hall => shared.Host.Hall;

    public static TheoryData<string> Cases => [.. ApplicationCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_first_rule_that_applies_decides(string trap)
    {
        var expected = ApplicationCases.All[trap];

        var answer = await Hall.Api.ApplyAsync(expected.Request with { CaseId = HallRequests.NewCase() });

        Assert.Equal(expected.Rule, answer.Decision.Rule);
        Assert.Equal(expected.Missing, answer.Decision.Missing.Select(missing => missing.Proof));
        Assert.Equal(DecisionRules.All.Single(rule => rule.Name == expected.Rule).Outcome, answer.Decision.Outcome);
    }

    [Fact]
    public async Task A_decision_names_for_each_proof_its_source_its_time_and_its_evidence()
    {
        var request = HallRequests.Residential();

        var answer = await Hall.Api.ApplyAsync(request);

        var records = await EvidenceAsync(request.CaseId!);
        Assert.Equal(["applicantIdentity", "propertyTitle"], answer.Decision.Proofs.Select(proof => proof.Proof));
        Assert.All(
            answer.Decision.Proofs,
            proof =>
            {
                Assert.Equal(ProofSource.SharedData, proof.SatisfiedBy);
                Assert.NotNull(proof.Source);
                Assert.Contains(records, row => row.EvidenceId == proof.EvidenceId);
            }
        );
        Assert.Contains(records, row => row.EvidenceId == answer.Decision.EvidenceId);
        Assert.Contains(records, row => row.Record.Contains("\"gridResource\"", StringComparison.Ordinal));
        Assert.Equal("gongan-2022.1", answer.Decision.PolicyVersion);
    }

    [Theory]
    [InlineData("t01", 8, "extension", 2)]
    [InlineData("t02", 8, "direct", 1)]
    public async Task A_supply_plan_is_answered_at_acceptance(string title, int kw, string connection, int limits)
    {
        var person = title == "t01" ? "p01" : "p02";

        var answer = await Hall.Api.ApplyAsync(HallRequests.Residential(person, title) with { CapacityKw = kw });

        Assert.Equal(connection, answer.Supply.Plan!.Connection);
        Assert.Equal(
            ("220V", true, "resident-low-voltage"),
            (answer.Supply.Voltage, answer.Supply.ZeroCost, answer.Supply.Rule)
        );
        Assert.Equal(limits, answer.Limits.Count);
        Assert.All(answer.Limits, limit => Assert.NotEmpty(limit.LegalReference));
    }

    [Theory]
    [InlineData("c01", "t-company", 80, true, "small-micro-200kw")]
    [InlineData("c01", "t-company", 200, true, "small-micro-200kw")]
    [InlineData("c01", "t-company", 201, false, "customer-pays-own-part")]
    [InlineData("c-individual", "t-company", 150, true, "small-micro-200kw")]
    [InlineData("c-large", "t-large", 100, true, "non-resident-100kw")]
    [InlineData("c-large", "t-large", 150, false, "customer-pays-own-part")]
    public async Task Who_is_connected_at_no_cost(string company, string title, int kw, bool zeroCost, string rule)
    {
        var answer = await Hall.Api.ApplyAsync(HallRequests.Commercial(company, title) with { CapacityKw = kw });

        Assert.Equal((zeroCost, rule), (answer.Supply.ZeroCost, answer.Supply.Rule));
    }

    [Fact]
    public async Task An_application_is_created_at_an_address_and_a_repetition_gets_the_same()
    {
        var request = HallRequests.Residential();

        using var first = await Hall.PostAsync("/v1/applications", request, ("Idempotency-Key", request.CaseId!));
        using var second = await Hall.PostAsync("/v1/applications", request, ("Idempotency-Key", request.CaseId!));
        using var shown = await Hall.GetAsync(first.Headers.Location!.ToString());

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(await first.Content.ReadAsStringAsync(), await shown.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Nobody_else_sees_or_changes_an_application()
    {
        var made = await Hall.Api.ApplyAsync(HallRequests.Residential());
        await using var other = shared.Host.As("hall-limited");

        using var shown = await other.GetAsync($"/v1/applications/{made.ApplicationId}");
        using var withdrawn = await other.PostAsync(
            $"/v1/applications/{made.ApplicationId}/withdraw",
            new WithdrawRequest { Reason = "不需要了" }
        );

        Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, withdrawn.StatusCode);
    }

    [Fact]
    public async Task An_application_that_needs_property_data_is_refused_to_a_hall_without_them()
    {
        var before = (await shared.Host.Agencies.CallsAsync()).Count;
        await using var limited = shared.Host.As("hall-limited");

        var refused = await Assert.ThrowsAsync<IntegrationProblemException>(() =>
            limited.Api.ApplyAsync(HallRequests.Residential())
        );

        Assert.Equal("not-granted", refused.Problem.Code);
        Assert.Equal(before, (await shared.Host.Agencies.CallsAsync()).Count);
    }

    [Fact]
    public async Task An_application_that_needs_no_property_data_is_taken_from_that_hall()
    {
        await using var limited = shared.Host.As("hall-limited");
        var request = HallRequests.Residential();

        var answer = await limited.Api.ApplyAsync(
            request with
            {
                Premises = request.Premises! with { CertificateNumber = null, UnitNumber = null },
            }
        );

        Assert.Equal(DecisionOutcome.OneCertificate, answer.Decision.Outcome);
    }

    private async Task<List<EvidenceRow>> EvidenceAsync(string caseId)
    {
        var factory = shared.Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>();
        await using var db = await factory.CreateDbContextAsync();
        return await db.Set<EvidenceRow>().Where(row => row.CaseId == caseId).ToListAsync();
    }
}
