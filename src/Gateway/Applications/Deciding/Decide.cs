using System.Text.Json;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Deciding;

/// <summary>Takes the decision over the states of all proofs. Pure: the same states at the same moment decide the same.</summary>
internal static class Decide
{
    public static Decision From(CaseStanding standing, PolicyEdition policy, string evidenceId, DateTimeOffset now)
    {
        var rule = DecisionRules.For(standing);
        return new Decision
        {
            Outcome = rule.Outcome,
            Rule = rule.Name,
            Explanation = rule.Explain(standing),
            Proofs = [.. standing.Proofs.Select(Result)],
            Missing = [.. standing.Missing.Select(Missing)],
            DecidedAt = ChinaTime.In(now),
            PolicyVersion = policy.Version,
            EvidenceId = evidenceId,
        };
    }

    /// <summary>The states as the rules see them.</summary>
    public static CaseStanding Standing(
        ServicePolicy service,
        IReadOnlyList<ProofState> states,
        PolicyEdition policy,
        DateTimeOffset now
    ) => new(service, [.. states.Select(state => new ProofStanding(state, policy.Proof(NameOf(state)), policy, now))]);

    /// <summary>The proof's name in the policy: a key may carry a member's number.</summary>
    private static string NameOf(ProofState state) => state.Key.Split('.')[0];

    private static ProofResult Result(ProofStanding proof) =>
        new()
        {
            Proof = proof.State.Key,
            SatisfiedBy = proof.SatisfiedBy,
            Outcome = proof.State.Checked?.Outcome,
            Mismatches = proof.State.Checked?.Mismatches ?? [],
            Source = proof.State.Checked?.Source,
            EvidenceId = proof.State.Checked?.EvidenceId,
            Note = proof.State.Checked?.Note,
        };

    private static MissingProof Missing(ProofStanding proof) =>
        new()
        {
            Proof = proof.State.Key,
            Accepts = [.. proof.Policy.Accepts.Select(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()))],
            Text = proof.Policy.Text,
        };
}
