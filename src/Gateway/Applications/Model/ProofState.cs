using System.Text.Json.Serialization;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Applications.Model;

/// <summary>How one proof stands: the last answer of its check and the paper handed in. Holds no personal data; stored as is.</summary>
internal sealed record ProofState
{
    /// <summary>The proof, as in <see cref="PlannedProof.Key"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The request points to it.</summary>
    public required bool IsGiven { get; init; }

    /// <summary>The last answer; null when no agency is asked.</summary>
    public CheckedState? Checked { get; init; }

    /// <summary>What the customer handed in or promised.</summary>
    public Paper? Paper { get; init; }

    /// <summary>An agency confirms it: no paper is needed any more.</summary>
    [JsonIgnore]
    public bool IsConfirmed => Checked?.Outcome == CheckOutcome.Match;

    /// <summary>A paper was promised, and no agency has made it needless.</summary>
    [JsonIgnore]
    public bool OwesPaper => Paper is { Kind: PaperKind.Commitment } && !IsConfirmed;

    /// <summary>The state before anything was asked.</summary>
    public static ProofState From(PlannedProof planned) => new() { Key = planned.Key, IsGiven = planned.IsGiven };
}

/// <summary>The last answer of a check.</summary>
internal sealed record CheckedState
{
    public required CheckKind Kind { get; init; }

    public required CheckOutcome Outcome { get; init; }

    public required IReadOnlyList<string> Mismatches { get; init; }

    /// <summary>Names of the fields that could not be compared; null: all could.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? NotComparable { get; init; }

    public required CheckFacts Facts { get; init; }

    public AgencySource? Source { get; init; }

    public required string EvidenceId { get; init; }

    public string? Note { get; init; }

    public required DateTimeOffset At { get; init; }

    public static CheckedState From(CheckReport report) =>
        new()
        {
            Kind = report.Check.Claim.Kind,
            Outcome = report.Verdict.Outcome,
            Mismatches = report.Verdict.Mismatches,
            NotComparable = report.Verdict.NotComparable is { Count: > 0 } fields ? fields : null,
            Facts = report.Verdict.Facts,
            Source = AgencySource.From(report.Source),
            EvidenceId = report.EvidenceId,
            Note = report.Note,
            At = report.EndedAt,
        };
}

/// <summary>A paper handed in, or the promise of one.</summary>
/// <param name="Kind">Which of both.</param>
/// <param name="Reference">Where the caller keeps it.</param>
/// <param name="Sha256">Digest of the file; null for a promise.</param>
/// <param name="At">When it came.</param>
/// <param name="DueAt">When a promise has to be kept; null for an upload, or when the calendar is not published.</param>
internal sealed record Paper(
    PaperKind Kind,
    string Reference,
    string? Sha256,
    DateTimeOffset At,
    DateTimeOffset? DueAt
);

/// <summary>The call by which an agency answered.</summary>
internal sealed record AgencySource
{
    /// <summary>The agency, e.g. <c>population-registry</c>.</summary>
    public required string Agency { get; init; }

    /// <summary>The number under which the agency finds the call.</summary>
    public required string RequestId { get; init; }

    /// <summary>When it answered.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public static AgencySource? From(SourceReference? source) =>
        source is null
            ? null
            : new AgencySource
            {
                Agency = source.Agency,
                RequestId = source.RequestId,
                AsOf = source.AsOf,
            };
}
