using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases.Model;

/// <summary>What happens to a case, as pure functions of it.</summary>
internal static class CaseTransitions
{
    /// <summary>The limits of an acceptance as they stand on record.</summary>
    public static string? TermsOf(IReadOnlyList<LimitPolicy> limits) =>
        limits.Count == 0 ? null : string.Join("; ", limits.Select(limit => $"{limit.Name}={limit.WorkingDays}"));

    /// <summary>
    /// An application was accepted: acceptance ends, the other clocks start under the limits in force today. A second
    /// acceptance never starts a clock again: what runs goes on, limits that are new run from the first acceptance.
    /// </summary>
    /// <param name="found">The case; null: this opens it.</param>
    /// <param name="acceptance">What was accepted.</param>
    /// <param name="clock">For the next moment at which its clocks are looked at.</param>
    /// <param name="answered">The event that led to it; null: a caller applied, which every event of the case has waited for.</param>
    public static CaseChange Accept(
        Case? found,
        CaseAcceptance acceptance,
        SlaClock clock,
        AnsweredEvent? answered = null
    )
    {
        var at = StoredTime.From(acceptance.At);
        var opened = found ?? OpenBy(acceptance, at);
        var goesOn = opened.AcceptedAt is not null && opened.State == CaseState.Open;
        var accepted = goesOn
            ? AcceptAgain(opened, acceptance, at, answered)
            : AcceptFirst(opened, acceptance, at, answered);
        return Looked(accepted, acceptance.Policy, clock, at) with { Notices = [CaseNotices.Accepted(acceptance)] };
    }

    /// <summary>Conditions of more limits hold now: these run from the first acceptance, as if they had been known then.</summary>
    /// <returns>The same case when the application is not in force any more, or the limits are known.</returns>
    public static CaseChange AddLimits(Case? found, AddedLimits added, SlaClock clock)
    {
        if (
            found is not { State: CaseState.Open, AcceptedAt: not null }
            || found.ApplicationId != added.ApplicationId
            || WithLimits(found, added.Limits) is var limited && ReferenceEquals(limited, found)
        )
        {
            return CaseChange.None(found);
        }

        return Looked(limited, added.Policy, clock, StoredTime.From(added.At));
    }

    /// <summary>The application of a case was taken back: nothing runs any more, but for openings that wait for their turn.</summary>
    public static CaseChange Withdraw(
        Case? found,
        DateTimeOffset at,
        string? evidenceId = null,
        AnsweredEvent? answered = null
    )
    {
        if (found is null)
        {
            throw new InvalidOperationException("A case without a file cannot be withdrawn.");
        }

        var moment = StoredTime.From(at);
        return found with
        {
            State = CaseState.Withdrawn,
            ClosedAt = moment,
            TakenBackAt = moment,
            FirstTraceAt = null,
            WakeAt = found.Clocks.Any(clock => EventTransitions.IsAwaited(clock, answered)) ? found.WakeAt : null,
            Clocks =
            [
                .. found.Clocks.Select(clock =>
                    EventTransitions.IsAwaited(clock, answered)
                        ? clock
                        : CaseMilestones.TakenBack(clock, moment, evidenceId)
                ),
            ],
        };
    }

    private static Case OpenBy(CaseAcceptance acceptance, DateTimeOffset at) =>
        new()
        {
            CaseId = acceptance.CaseId,
            CallerId = acceptance.CallerId,
            Purpose = acceptance.Purpose,
            OpenedAt = at,
            PolicyVersion = acceptance.Policy.Version,
        };

    private static Case AcceptFirst(Case opened, CaseAcceptance acceptance, DateTimeOffset at, AnsweredEvent? answered)
    {
        var clocks = acceptance.Policy.Clocks;
        var milestone = clocks.Milestone(MilestoneNames.Accepted)!;
        var accepted = opened with
        {
            ServiceType = acceptance.ServiceType,
            ApplicationId = acceptance.ApplicationId,
            Team = acceptance.Policy.Service(acceptance.ServiceType)?.Team,
            AcceptedAt = at,
            ClosedAt = null,
            State = CaseState.Open,
            PolicyVersion = acceptance.Policy.Version,
            Limits = acceptance.Limits,
            FirstTraceAt = Earlier(opened.FirstTraceAt, acceptance.FirstTraceAt),
            EarlierMilestones = opened.Milestones.Count,
            Flags = opened.AcceptedAt is null ? opened.Flags : [.. opened.Flags, Again(acceptance, at)],
            Milestones =
            [
                .. opened.Milestones,
                new Milestone(milestone.Milestone, at, CaseActor.Gateway, acceptance.EvidenceId),
            ],
        };
        var clocksBefore = answered is null
            ? opened.Clocks
            : EventTransitions.Ended(opened.Clocks, answered, acceptance.Policy, at, acceptance.EvidenceId);
        var ended = clocksBefore.Select(running =>
            running.IsRunning
            && milestone.Ends.Contains(running.Clock, StringComparer.Ordinal)
            && !EventTransitions.IsAwaited(running, answered)
                ? CaseMilestones.Ended(running, at, acceptance.EvidenceId)
                : running
        );
        return accepted with
        {
            Clocks = [.. ended, .. CaseMilestones.Started(accepted, milestone, clocks, at, acceptance.EvidenceId)],
        };
    }

    private static Case AcceptAgain(Case opened, CaseAcceptance acceptance, DateTimeOffset at, AnsweredEvent? answered)
    {
        var limited = WithLimits(opened, acceptance.Limits);
        return limited with
        {
            ServiceType = acceptance.ServiceType,
            ApplicationId = acceptance.ApplicationId,
            Milestones =
            [
                .. opened.Milestones,
                new Milestone(MilestoneNames.Accepted, at, CaseActor.Gateway, acceptance.EvidenceId),
            ],
            Flags = acceptance.Replaces is not null ? opened.Flags : [.. opened.Flags, Again(acceptance, at)],
            Clocks =
            [
                .. limited.Clocks.Select(clock =>
                    clock is { Clock: ClockNames.Acceptance, IsRunning: true }
                    && !EventTransitions.IsAwaited(clock, answered)
                        ? CaseMilestones.Ended(clock, at, acceptance.EvidenceId)
                        : clock
                ),
            ],
        };
    }

    /// <summary>Limits that are new run beside those that stand, from where their clock started; a stop holds for them too.</summary>
    private static Case WithLimits(Case found, IReadOnlyList<LimitPolicy> limits)
    {
        var added = limits.Where(limit => found.Limits.All(known => known.Name != limit.Name)).ToList();
        var running = found
            .Clocks.Where(clock => clock.IsRunning)
            .ToLookup(clock => clock.Clock, StringComparer.Ordinal);
        return added.Count == 0
            ? found
            : found with
            {
                Limits = [.. found.Limits, .. added],
                Clocks =
                [
                    .. found.Clocks,
                    .. added
                        .Where(limit => running.Contains(limit.Clock))
                        .Select(limit =>
                            CaseMilestones.LimitedBy(limit, running[limit.Clock].First()) with
                            {
                                EvidenceId = null, // its terms stand on the record of what added it, its start on that of the first
                            }
                        ),
                ],
            };
    }

    private static InspectionFlag Again(CaseAcceptance acceptance, DateTimeOffset at) =>
        new(
            CaseMilestones.RepeatedStart,
            at,
            $"{acceptance.ApplicationId} was accepted in a case that was accepted before."
        );

    /// <summary>What needs a record of its own waits for the timer, which is set to now.</summary>
    private static CaseChange Looked(Case accepted, PolicyEdition policy, SlaClock clock, DateTimeOffset at)
    {
        MissingYear? missing = null;
        var late = LateStart.In(accepted, policy.Clocks, clock, ref missing);
        var found = late is null ? accepted : accepted with { Flags = [.. accepted.Flags, late] };
        var actor = new CaseActor
        {
            By = CaseActor.Gateway,
            At = at,
            Policy = policy,
            Clock = clock,
            NewId = prefix => prefix,
        };
        var look = CaseDeadlineCheck.At(found, actor);
        return look.Missing is null && look.Change.Facts.Count == 0 ? look.Change : found with { WakeAt = at };
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;
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

    /// <summary>The evidence of acceptance, with <see cref="CaseTransitions.TermsOf"/> as its detail; null: there is none.</summary>
    public string? EvidenceId { get; init; }
}

/// <summary>Limits that began to hold after an application was accepted.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="Limits">Those that hold, new or not.</param>
/// <param name="Policy">The edition that the application keeps.</param>
/// <param name="At">When it was found.</param>
internal sealed record AddedLimits(
    string ApplicationId,
    IReadOnlyList<LimitPolicy> Limits,
    PolicyEdition Policy,
    DateTimeOffset At
);
