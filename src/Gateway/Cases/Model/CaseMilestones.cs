using Integration.Contracts.Problems;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases.Model;

/// <summary>What a milestone does to a case. Pure.</summary>
internal static class CaseMilestones
{
    public const string RepeatedStart = "repeated-start";

    /// <summary>The case was closed or taken back.</summary>
    public static Refusal IsOver { get; } =
        Refusal.StateConflict("The case is over: nothing can be reported any more.");

    /// <summary>Reaches a milestone, or says why it cannot be reached.</summary>
    public static Result<CaseChange> Reach(Case found, string name, CaseActor actor)
    {
        if (actor.Policy.Clocks.Milestone(name) is not { } milestone)
        {
            return Refusal.RequestInvalid([
                new FieldFault("/milestone", "unknown", "It is not one of the policy's milestones."),
            ]);
        }

        if (found.State != CaseState.Open)
        {
            return IsOver;
        }

        var reached = SinceAccepted(found);
        if (found.AcceptedAt is null || name == MilestoneNames.Accepted && reached.Count == 0)
        {
            return Refusal.StateConflict("The case is not accepted yet; acceptance is set by the gateway itself.");
        }

        if (reached.Contains(name))
        {
            return milestone.Starts.Count > 0
                ? Repeated(found, milestone, actor)
                : Refusal.StateConflict("This milestone was reached already.");
        }

        return Obstacle(milestone, reached, actor.Policy.Clocks) is { } obstacle
            ? Refusal.StateConflict(obstacle)
            : Reached(found, milestone, actor);
    }

    /// <summary>Starts the clocks of a milestone under the limits that were frozen at acceptance.</summary>
    public static IEnumerable<CaseClock> Started(
        Case found,
        MilestonePolicy milestone,
        ClockPolicy policy,
        DateTimeOffset at,
        string? evidenceId
    ) =>
        milestone
            .Starts.Where(name => !found.Clocks.Any(clock => clock.Clock == name && clock.IsRunning))
            .SelectMany(name => ClocksOf(name, found.Limits))
            .Select(clock =>
                clock with
                {
                    StartedAt = at,
                    EvidenceId = evidenceId,
                    YellowFromPercent = policy.YellowFromPercent,
                }
            );

    /// <summary>Ends a clock, and the stops that hold it.</summary>
    public static CaseClock Ended(CaseClock clock, DateTimeOffset at, string? evidenceId) =>
        clock with
        {
            EndedAt = at,
            EndEvidenceId = evidenceId,
            Stops =
            [
                .. clock.Stops.Select(stop =>
                    stop.Until is null ? stop with { Until = at, EndEvidenceId = evidenceId } : stop
                ),
            ],
        };

    /// <summary>Ends a clock of what was taken back: its colour is not told any more.</summary>
    public static CaseClock TakenBack(CaseClock clock, DateTimeOffset at, string? evidenceId) =>
        (clock.IsRunning ? Ended(clock, at, evidenceId) : clock) with
        {
            IsSettled = true,
        };

    /// <summary>The limits under which clocks start, for the record of the start.</summary>
    public static string? TermsOf(IEnumerable<CaseClock> started)
    {
        var text = string.Join("; ", started.Where(clock => clock.Limit is not null).Select(TermsOf));
        return text.Length == 0 ? null : text;
    }

    public static string TermsOf(CaseClock clock) => $"{clock.Limit}={clock.Terms?.Amount}";

    private static IEnumerable<CaseClock> ClocksOf(string name, IReadOnlyList<LimitPolicy> limits)
    {
        var own = limits.Where(limit => limit.Clock == name).ToList();
        return own.Count == 0
            ? [new CaseClock { Clock = name, StartedAt = default }]
            : own.Select(limit => LimitedBy(limit, new CaseClock { Clock = name, StartedAt = default }));
    }

    /// <summary>A clock like another, under a limit.</summary>
    public static CaseClock LimitedBy(LimitPolicy limit, CaseClock like) =>
        like with
        {
            Terms = new Clocks.ClockTerms(ClockKind.WorkingDays, limit.WorkingDays),
            Limit = limit.Name,
            LegalReference = limit.LegalReference,
            Told = default,
        };

    /// <summary>By their order, not by their times: a clock that was set back must not let a milestone be reached again.</summary>
    private static HashSet<string> SinceAccepted(Case found) =>
        found.AcceptedAt is null
            ? []
            : found
                .Milestones.Skip(found.EarlierMilestones)
                .Select(milestone => milestone.Name)
                .ToHashSet(StringComparer.Ordinal);

    private static string? Obstacle(MilestonePolicy milestone, HashSet<string> reached, ClockPolicy policy)
    {
        if (reached.Any(earlier => policy.IsBefore(milestone.Milestone, earlier)))
        {
            return "A later milestone was reached already; a correction is a new entry, not an earlier one.";
        }

        return milestone.Needs?.FirstOrDefault(needed => !reached.Contains(needed)) is { } missing
            ? $"The milestone {missing} has to be reached before."
            : null;
    }

    private static CaseChange Repeated(Case found, MilestonePolicy milestone, CaseActor actor)
    {
        var fact = new CaseFact(actor.NewId("evd"), FactSubjects.Flag, RepeatedStart, milestone.Milestone, actor.At);
        var flag = new InspectionFlag(
            RepeatedStart,
            actor.At,
            $"{milestone.Milestone} was reported again; the first start stands."
        );
        return new CaseChange(found with { Flags = [.. found.Flags, flag] }, [])
        {
            Facts = [fact],
            Refusal = Refusal.StateConflict(
                "This milestone was reached already, and its clocks run. The attempt stands on record."
            ),
        };
    }

    private static CaseChange Reached(Case found, MilestonePolicy milestone, CaseActor actor)
    {
        var evidenceId = actor.NewId("evd");
        var started = Started(found, milestone, actor.Policy.Clocks, actor.At, evidenceId).ToList();
        var closes = milestone.Milestone == MilestoneNames.Closed;
        var looked = CaseDeadlineCheck
            .At(
                found with
                {
                    State = closes ? CaseState.Closed : found.State,
                    ClosedAt = closes ? actor.At : found.ClosedAt,
                    Milestones =
                    [
                        .. found.Milestones,
                        new Milestone(milestone.Milestone, actor.At, actor.By, evidenceId),
                    ],
                    Clocks =
                    [
                        .. found.Clocks.Select(clock =>
                            clock.IsRunning && milestone.Ends.Contains(clock.Clock, StringComparer.Ordinal)
                                ? Ended(clock, actor.At, evidenceId)
                                : clock
                        ),
                        .. started,
                    ],
                },
                actor
            )
            .Change;
        var fact = new CaseFact(evidenceId, FactSubjects.Milestone, milestone.Milestone, TermsOf(started), actor.At);
        return looked with { Facts = [fact, .. looked.Facts] };
    }
}
