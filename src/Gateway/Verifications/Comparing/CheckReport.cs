using Integration.Adapters.Ports;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>What came of one planned check.</summary>
/// <param name="Check">The check.</param>
/// <param name="Answers">What each agency said, in the order asked.</param>
/// <param name="Verdict">The outcome over all of them.</param>
/// <param name="Elapsed">Time from the first question to the verdict.</param>
internal sealed record CheckReport(
    PlannedCheck Check,
    IReadOnlyList<SourceAnswer> Answers,
    Verdict Verdict,
    TimeSpan Elapsed
)
{
    /// <summary>Number of the evidence record of this check.</summary>
    public required string EvidenceId { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public string? Note => Notes.For(Check.Claim.Kind, Verdict, IsInMaintenance);

    /// <summary>Whether operators have taken every agency that did not answer out of service.</summary>
    private bool IsInMaintenance =>
        Answers.OfType<SourceAnswer.Unanswered>().ToList() is { Count: > 0 } silent
        && silent.TrueForAll(answer => answer.Failure.Stage == FailureStage.Maintenance);

    public SourceReference? Source =>
        Verdict.Source is { } call
            ? new SourceReference
            {
                Agency = call.Agency,
                RequestId = call.RequestId,
                AsOf = ChinaTime.In(call.AnsweredAt),
            }
            : null;
}

/// <summary>What came of a plan.</summary>
internal static class CheckReports
{
    /// <summary>The title that one of them confirmed, by its numbers in force; null: none did.</summary>
    public static TitleReference? Title(this IReadOnlyList<CheckReport> reports) =>
        reports.Select(report => report.Verdict.Title).FirstOrDefault(title => title is not null);
}
