using System.Net;
using Integration.Contracts.V1.Applications;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Applications;

public class PaperTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static readonly MaterialRequest s_lease = new()
    {
        Proof = "lease",
        Reference = "FILE-1",
        Sha256 = new string('a', 64),
    };

    private static readonly CommitmentRequest s_promise = new()
    {
        Proof = "lease",
        Reference = "PROMISE-1",
        SignedAt = HallRequests.Consent.GrantedAt,
    };

    private HallDriver Hall => shared.Host.Hall;

    [Fact]
    public async Task The_one_missing_paper_is_handed_in()
    {
        var made = await Hall.Api.ApplyAsync(Tenant());

        var answer = await Hall.Api.AddMaterialAsync(made.ApplicationId, s_lease);

        Assert.Equal((DecisionOutcome.OneCertificate, "one-paper"), (answer.Decision.Outcome, answer.Decision.Rule));
        Assert.Empty(answer.Decision.Missing);
        Assert.Equal(["application", "material"], answer.History.Select(entry => entry.Trigger));
        Assert.Equal(ProofSource.Upload, answer.Decision.Proofs.Single(proof => proof.Proof == "lease").SatisfiedBy);
    }

    [Fact]
    public async Task The_one_missing_paper_is_promised_and_then_handed_in()
    {
        var made = await Hall.Api.ApplyAsync(Tenant());

        var promised = await Hall.Api.AddCommitmentAsync(made.ApplicationId, s_promise);
        var kept = await Hall.Api.AddMaterialAsync(made.ApplicationId, s_lease);

        Assert.Equal("commitments-open", promised.Decision.Rule);
        Assert.Equal("lease", Assert.Single(promised.Commitments).Proof);
        Assert.True(promised.Commitments[0].DueAt > promised.Decision.DecidedAt);
        Assert.Equal("one-paper", kept.Decision.Rule);
        Assert.Empty(kept.Commitments);
    }

    [Fact]
    public async Task Several_papers_are_told_once_and_a_person_looks_when_all_are_there()
    {
        var made = await Hall.Api.ApplyAsync(Tenant() with { Agent = AgentWithoutAuthorisation() });

        var one = await Hall.Api.AddMaterialAsync(made.ApplicationId, s_lease);
        var all = await Hall.Api.AddMaterialAsync(made.ApplicationId, s_lease with { Proof = "agentAuthorisation" });

        Assert.Equal((DecisionOutcome.Supplement, 2), (made.Decision.Outcome, made.Decision.Missing.Count));
        Assert.Equal((DecisionOutcome.Supplement, 1), (one.Decision.Outcome, one.Decision.Missing.Count));
        Assert.Equal("papers-complete", all.Decision.Rule);
    }

    [Theory]
    [InlineData("propertyTitle")]
    [InlineData("passport")]
    public async Task A_paper_that_is_not_missing_is_a_conflict(string proof)
    {
        var made = await Hall.Api.ApplyAsync(Tenant());

        using var answer = await Hall.PostAsync(
            $"/v1/applications/{made.ApplicationId}/materials",
            s_lease with
            {
                Proof = proof,
            }
        );

        Assert.Equal("state-conflict", (await HallDriver.ProblemOfAsync(answer)).Code);
    }

    [Fact]
    public async Task What_only_the_paper_can_prove_is_not_promised()
    {
        var request = Tenant();
        var child = request with { Applicant = new ApplicantInput { Person = SyntheticWorld.Person("p-minor") } };
        var made = await Hall.Api.ApplyAsync(child);

        using var answer = await Hall.PostAsync(
            $"/v1/applications/{made.ApplicationId}/commitments",
            s_promise with
            {
                Proof = "guardianConsent",
            }
        );

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task A_withdrawn_application_takes_nothing_any_more()
    {
        var made = await Hall.Api.ApplyAsync(Tenant());

        var withdrawn = await Hall.Api.WithdrawAsync(made.ApplicationId, new WithdrawRequest { Reason = "不需要了" });
        using var late = await Hall.PostAsync($"/v1/applications/{made.ApplicationId}/materials", s_lease);
        using var again = await Hall.PostAsync(
            $"/v1/applications/{made.ApplicationId}/withdraw",
            new WithdrawRequest { Reason = "不需要了" }
        );

        Assert.Equal(ApplicationState.Withdrawn, withdrawn.State);
        Assert.Equal("withdrawal", withdrawn.History[^1].Trigger);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task Every_fault_of_a_paper_is_listed()
    {
        using var material = await Hall.PostAsync("/v1/applications/app_1/materials", """{"sha256":"xyz"}""");
        using var promise = await Hall.PostAsync(
            "/v1/applications/app_1/commitments",
            """{"proof":"a b","reference":"","signedAt":"2999-01-01T00:00:00+08:00"}"""
        );
        using var withdrawal = await Hall.PostAsync("/v1/applications/app_1/withdraw", "{}");

        Assert.Equal(["/proof", "/reference", "/sha256"], await PointersAsync(material));
        Assert.Equal(["/proof", "/reference", "/signedAt"], await PointersAsync(promise));
        Assert.Equal(["/reason"], await PointersAsync(withdrawal));
    }

    [Fact]
    public async Task An_application_nobody_made_is_not_found()
    {
        using var answer = await Hall.PostAsync("/v1/applications/app_1/materials", s_lease);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<IEnumerable<string>> PointersAsync(HttpResponseMessage answer) =>
        (await HallDriver.ProblemOfAsync(answer)).Errors!.Select(fault => fault.Pointer).Order(StringComparer.Ordinal);

    private static AgentInput AgentWithoutAuthorisation()
    {
        var agent = SyntheticWorld.Person("p02");
        return new AgentInput { Name = agent.Name, IdNumber = agent.IdNumber };
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
