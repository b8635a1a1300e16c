using Integration.Adapters.Ports;
using Integration.Contracts.V1.Verifications;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>The outcome of one check over all agencies that were asked.</summary>
/// <param name="Outcome">One of the closed set.</param>
/// <param name="Mismatches">The fields that differ.</param>
/// <param name="Facts">What else a decision may rest on.</param>
/// <param name="Source">The call that decided; null when no source answered.</param>
internal sealed record Verdict(
    CheckOutcome Outcome,
    IReadOnlyList<string> Mismatches,
    CheckFacts Facts,
    CallTrace? Source
)
{
    /// <summary>The title that was confirmed, by its numbers in force; null: none was.</summary>
    public TitleReference? Title { get; init; }

    /// <summary>The fields that could not be held against each other.</summary>
    public IReadOnlyList<string> NotComparable { get; init; } = [];

    /// <summary>Fields whose characters were folded, with the tables used.</summary>
    public IReadOnlyList<string> Folded { get; init; } = [];

    /// <summary>A status word of the register that the policy does not know, where it can be shown.</summary>
    public string? UnknownStatus { get; init; }

    /// <summary>No agency was asked, because the applicant is not proven (<see cref="Disclosure"/>).</summary>
    public bool IsWithheld { get; init; }

    /// <summary>
    /// Pure. An agency that knows the record decides; two that contradict each other, or one with several records, leave it
    /// ambiguous. Without a record it is unavailable as long as one agency may still answer, and only when every agency
    /// said "no such record" is it not found.
    /// </summary>
    public static Verdict From(IReadOnlyList<SourceAnswer> answers)
    {
        if (answers.FirstOrDefault(answer => answer.Settles) is { } settling)
        {
            return Settled(settling, [.. answers.Where(answer => answer.Settles)]);
        }

        if (answers.Count == 0 || answers.Any(answer => answer is SourceAnswer.Unanswered))
        {
            return Without(CheckOutcome.SourceUnavailable, source: null);
        }

        return answers.OfType<SourceAnswer.Refused>().FirstOrDefault() is { } refused
            ? Without(CheckOutcome.NotAuthorised, refused.Trace)
            : Without(CheckOutcome.NotFound, answers[0].Trace);
    }

    private static Verdict Settled(SourceAnswer first, List<SourceAnswer> all) =>
        first is SourceAnswer.Known { Finding: var finding }
        && all.TrueForAll(other => other is SourceAnswer.Known known && known.Finding.AgreesWith(finding))
            ? new(finding.Outcome, finding.Mismatches, finding.Facts, first.Trace)
            {
                Title = finding.Title,
                NotComparable = finding.NotComparable,
                Folded = finding.Folded,
                UnknownStatus = finding.UnknownStatus,
            }
            : Without(CheckOutcome.Ambiguous, first.Trace);

    private static Verdict Without(CheckOutcome outcome, CallTrace? source) =>
        new(outcome, [], CheckFacts.None, source);
}
