using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;

namespace Integration.Gateway.Applications;

/// <summary>An application as its caller sees it, not yet signed. Pure.</summary>
internal static class ApplicationResponses
{
    public static ApplicationResponse From(Application application) =>
        new()
        {
            ApplicationId = application.ApplicationId,
            CaseId = application.CaseId,
            State = application.State,
            AcceptedAt = ChinaTime.In(application.AcceptedAt),
            Decision = From(application.Decision!),
            Limits = [.. application.Limits.Select(From)],
            Supply = From(application.Supply!),
            SimpleConnection = application.SimpleConnection is { } simple ? From(simple) : null,
            Commitments =
            [
                .. application
                    .Proofs.Where(proof => proof.OwesPaper && !(proof.Paper!.DueAt < application.Decision!.DecidedAt))
                    .Select(proof => new OpenCommitment { Proof = proof.Key, DueAt = proof.Paper!.DueAt }),
            ],
            RecheckAt = application.RecheckAt is { } moment ? ChinaTime.In(moment) : null,
            History = [.. application.History.Select(From)],
            Receipt = ReceiptSigner.Unsigned,
        };

    private static Decision From(ApplicationDecision decision) =>
        new()
        {
            Outcome = decision.Outcome,
            Rule = decision.Rule,
            Explanation = decision.Explanation,
            Proofs = [.. decision.Proofs.Select(From)],
            Missing =
            [
                .. decision.Missing.Select(paper => new MissingProof
                {
                    Proof = paper.Proof,
                    Accepts = paper.Accepts,
                    Text = paper.Text,
                }),
            ],
            DecidedAt = decision.DecidedAt,
            PolicyVersion = decision.PolicyVersion,
            EvidenceId = decision.EvidenceId,
        };

    private static ProofResult From(ProofOutcome proof) =>
        new()
        {
            Proof = proof.Proof,
            SatisfiedBy = proof.SatisfiedBy,
            Outcome = proof.Outcome,
            Mismatches = proof.Mismatches,
            NotComparable = proof.NotComparable ?? [],
            Source = proof.Source is { } source
                ? new SourceReference
                {
                    Agency = source.Agency,
                    RequestId = source.RequestId,
                    AsOf = source.AsOf,
                }
                : null,
            EvidenceId = proof.EvidenceId,
            Note = proof.Note,
        };

    private static DecisionEntry From(DecisionRecord decision) =>
        new()
        {
            Outcome = decision.Outcome,
            Rule = decision.Rule,
            DecidedAt = decision.DecidedAt,
            Trigger = decision.Trigger,
            EvidenceId = decision.EvidenceId,
        };

    private static Limit From(ApplicationLimit limit) =>
        new()
        {
            Name = limit.Name,
            DueAt = limit.DueAt,
            LegalReference = limit.LegalReference,
            Note = limit.Note,
        };

    private static Supply From(SupplyTerms supply) =>
        new()
        {
            Voltage = supply.Voltage,
            ZeroCost = supply.ZeroCost,
            Rule = supply.Rule,
            Plan = supply.Plan is { } plan
                ? new SupplyPlan
                {
                    Connection = plan.Connection,
                    DistanceMetres = plan.DistanceMetres,
                    SpareCapacityKw = plan.SpareCapacityKw,
                    Text = plan.Text,
                }
                : null,
        };

    private static SimpleConnection From(SimpleConnectionResult simple) =>
        new()
        {
            Eligible = simple.Eligible,
            Conditions =
            [
                .. simple.Conditions.Select(condition => new SimpleCondition
                {
                    Condition = condition.Condition,
                    Holds = condition.Holds,
                    Because = condition.Because,
                    LegalReference = condition.LegalReference,
                }),
            ],
        };
}
