using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Model;

/// <summary>What was decided, by which rule, on which proofs. Stored with the application.</summary>
internal sealed record ApplicationDecision
{
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>One of <see cref="DecisionRules"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>One sentence in Chinese for the applicant.</summary>
    public required string Explanation { get; init; }

    public required IReadOnlyList<ProofOutcome> Proofs { get; init; }

    public required IReadOnlyList<MissingPaper> Missing { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    public required string PolicyVersion { get; init; }

    /// <summary>The evidence of the decision.</summary>
    public required string EvidenceId { get; init; }

    /// <summary>Takes the decision over the states of all proofs. Pure: the same states at the same moment decide the same.</summary>
    public static ApplicationDecision From(
        ApplicationStanding standing,
        PolicyEdition policy,
        string evidenceId,
        DateTimeOffset now
    )
    {
        var rule = DecisionRules.For(standing);
        return new ApplicationDecision
        {
            Outcome = rule.Outcome,
            Rule = rule.Name,
            Explanation = rule.Explain(standing),
            Proofs = [.. standing.Proofs.Select(ProofOutcome.From)],
            Missing = [.. standing.Missing.Select(MissingPaper.From)],
            DecidedAt = ChinaTime.In(now),
            PolicyVersion = policy.Version,
            EvidenceId = evidenceId,
        };
    }
}

/// <summary>How one proof stood when the decision was taken.</summary>
internal sealed record ProofOutcome
{
    /// <summary>As in <see cref="PlannedProof.Key"/>.</summary>
    public required string Proof { get; init; }

    /// <summary>Null: it is not satisfied.</summary>
    public ProofSource? SatisfiedBy { get; init; }

    /// <summary>Null: no agency is asked.</summary>
    public CheckOutcome? Outcome { get; init; }

    /// <summary>Names of the fields that differ, never their values.</summary>
    public required IReadOnlyList<string> Mismatches { get; init; }

    /// <summary>Names of the fields that could not be compared; null: all could.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? NotComparable { get; init; }

    public AgencySource? Source { get; init; }

    /// <summary>The evidence of the check.</summary>
    public string? EvidenceId { get; init; }

    public string? Note { get; init; }

    public static ProofOutcome From(ProofStanding proof) =>
        new()
        {
            Proof = proof.State.Key,
            SatisfiedBy = proof.SatisfiedBy,
            Outcome = proof.State.Checked?.Outcome,
            Mismatches = proof.State.Checked?.Mismatches ?? [],
            NotComparable = proof.State.Checked?.NotComparable,
            Source = proof.State.Checked?.Source,
            EvidenceId = proof.State.Checked?.EvidenceId,
            Note = proof.State.Checked?.Note,
        };
}

/// <summary>A paper that is missing, and what would do.</summary>
internal sealed record MissingPaper
{
    public required string Proof { get; init; }

    /// <summary>Kinds of paper, in camel case.</summary>
    public required IReadOnlyList<string> Accepts { get; init; }

    /// <summary>What it is, in Chinese.</summary>
    public required string Text { get; init; }

    public static MissingPaper From(ProofStanding proof) =>
        new()
        {
            Proof = proof.State.Key,
            Accepts = [.. proof.Policy.Accepts.Select(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()))],
            Text = proof.Policy.Text,
        };
}

/// <summary>One decision of the history.</summary>
internal sealed record DecisionRecord
{
    public required DecisionOutcome Outcome { get; init; }

    public required string Rule { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>A <see cref="DecisionTrigger"/> in camel case.</summary>
    public required string Trigger { get; init; }

    public required string EvidenceId { get; init; }

    public static DecisionRecord From(ApplicationDecision decision, DecisionTrigger trigger) =>
        new()
        {
            Outcome = decision.Outcome,
            Rule = decision.Rule,
            DecidedAt = decision.DecidedAt,
            Trigger = JsonNamingPolicy.CamelCase.ConvertName(trigger.ToString()),
            EvidenceId = decision.EvidenceId,
        };
}
