using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases;

/// <summary>What happens to a case, as pure functions of its file.</summary>
internal static class CaseActs
{
    /// <summary>What an event may wait for acceptance.</summary>
    public static ClockTerms AcceptanceTerms(PolicyEdition policy) =>
        new(policy.Clocks.Acceptance.Kind, policy.Clocks.Acceptance.Minutes);

    /// <summary>An event opens a case: acceptance runs from its receipt.</summary>
    public static CaseFile OpenByEvent(OpenedByEvent opened, SlaClock clock)
    {
        var at = StoredTime.Of(opened.ReceivedAt);
        var acceptance = new CaseClock
        {
            Clock = ClockNames.Acceptance,
            Terms = AcceptanceTerms(opened.Policy),
            Limit = ClockNames.Acceptance,
            LegalReference = opened.Policy.Clocks.Acceptance.LegalReference,
            YellowFromPercent = opened.Policy.Clocks.YellowFromPercent,
            StartedAt = at,
            EvidenceId = opened.EvidenceId,
        };
        var file = new CaseFile
        {
            CaseId = opened.CaseId,
            CallerId = opened.CallerId,
            ReportedBy = opened.ReportedBy,
            Purpose = opened.Purpose,
            OpenedAt = at,
            PolicyVersion = opened.Policy.Version,
            Clocks = [acceptance],
        };
        return file with { WakeAt = CaseReading.NextLook(file, clock, at) };
    }

    /// <summary>An application was accepted: acceptance ends, the other clocks start under the limits in force today.</summary>
    /// <param name="file">The case; null: this opens it.</param>
    /// <param name="acceptance">What was accepted.</param>
    /// <param name="clock">For the next moment somebody has to look.</param>
    public static CaseChange Accept(CaseFile? file, CaseAcceptance acceptance, SlaClock clock)
    {
        _ = clock;
        var opened =
            file
            ?? new CaseFile
            {
                CaseId = acceptance.CaseId,
                CallerId = acceptance.CallerId,
                Purpose = acceptance.Purpose,
                OpenedAt = acceptance.At,
                PolicyVersion = acceptance.Policy.Version,
            };
        var accepted = opened with
        {
            ServiceType = acceptance.ServiceType,
            AcceptedAt = acceptance.At,
            State = CaseState.Open,
            Clocks =
            [
                .. opened.Clocks.Select(running =>
                    running.Clock == ClockNames.Acceptance
                        ? running with
                        {
                            EndedAt = running.EndedAt ?? acceptance.At,
                        }
                        : running
                ),
                .. acceptance.Limits.Select(limit => new CaseClock
                {
                    Clock = ClockNames.Company,
                    Terms = new ClockTerms(ClockKind.WorkingDays, limit.WorkingDays),
                    Limit = limit.Name,
                    LegalReference = limit.LegalReference,
                    StartedAt = acceptance.At,
                }),
            ],
        };
        return new CaseChange(
            accepted,
            [
                new Notice
                {
                    Type = acceptance.Replaces is null ? NoticeTypes.CaseAccepted : NoticeTypes.CaseChanged,
                    CallerId = acceptance.CallerId,
                    CaseId = acceptance.CaseId,
                    At = acceptance.At,
                    Data = new Dictionary<string, string?>(acceptance.Told, StringComparer.Ordinal)
                    {
                        ["applicationId"] = acceptance.ApplicationId,
                        ["decision"] = acceptance.Decision,
                        ["replaces"] = acceptance.Replaces,
                    },
                },
            ]
        );
    }

    /// <summary>Acceptance is done although nothing was applied for.</summary>
    public static CaseFile EndAcceptance(CaseFile file, DateTimeOffset at) =>
        file with
        {
            Clocks =
            [
                .. file.Clocks.Select(clock =>
                    clock.Clock == ClockNames.Acceptance ? clock with { EndedAt = clock.EndedAt ?? at } : clock
                ),
            ],
        };

    /// <summary>The application of a case was taken back: nothing runs any more.</summary>
    public static CaseChange Withdraw(CaseFile? file, DateTimeOffset at) =>
        file is null
            ? throw new InvalidOperationException("A case without a file cannot be withdrawn.")
            : file with
            {
                State = CaseState.Withdrawn,
                ClosedAt = at,
                WakeAt = null,
                Clocks = [.. file.Clocks.Select(clock => clock with { EndedAt = clock.EndedAt ?? at })],
            };
}

/// <summary>An application that was accepted, as its case sees it.</summary>
internal sealed record CaseAcceptance
{
    public required string CaseId { get; init; }

    public required string CallerId { get; init; }

    public required string Purpose { get; init; }

    public required string ServiceType { get; init; }

    public required string ApplicationId { get; init; }

    /// <summary>Outcome of the decision, in camel case.</summary>
    public required string Decision { get; init; }

    public required DateTimeOffset At { get; init; }

    public required PolicyEdition Policy { get; init; }

    /// <summary>The limits whose conditions hold.</summary>
    public required IReadOnlyList<LimitPolicy> Limits { get; init; }

    /// <summary>The application whose place it takes in the case; null: it is the first.</summary>
    public string? Replaces { get; init; }

    /// <summary>What the notice says beside application and decision; without personal data.</summary>
    public IReadOnlyDictionary<string, string?> Told { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Earliest trace of the work outside the gateway, e.g. the time of the event; null when there is none.</summary>
    public DateTimeOffset? FirstTraceAt { get; init; }
}
