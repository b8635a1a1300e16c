using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// Starts, stops and ends the clocks of a joint application from where its legs stand now: by whichever request they were moved, and however
/// often this runs. Pure.
/// <code>
///  acceptance   starts when nothing is missing that the applicant has to bring; ends when the provider accepts
///  work         starts when the provider accepts; ends when the leg is connected
///  whole        starts with the form; its limit follows the legs that are wanted; ends when no leg is open any more
///  A leg that was taken back ends its clocks, and nothing is told of them any more.
/// </code>
/// </summary>
internal static class JointClocks
{
    /// <summary>The joint application with its clocks as they have to be from now on. The same joint application when nothing changes.</summary>
    public static JointApplication Follow(JointApplication joint, DateTimeOffset now)
    {
        var legs = joint.Legs.Select(leg => Follow(leg, joint.Terms, now)).ToList();
        var waits = LegWaits.Follow(joint.Waits, LegWaits.CauseOf(legs), now);
        var clocks = Whole(joint, legs, now);
        var areSame = legs.Zip(joint.Legs).All(pair => ReferenceEquals(pair.First, pair.Second));
        return areSame && ReferenceEquals(waits, joint.Waits) && ReferenceEquals(clocks, joint.Clocks)
            ? joint
            : joint with
            {
                Legs = areSame ? joint.Legs : legs,
                Waits = waits,
                Clocks = clocks,
            };
    }

    private static Leg Follow(Leg leg, JointTerms terms, DateTimeOffset now)
    {
        var waits = LegWaits.Follow(leg.Waits, LegWaits.CauseOf(leg), now);
        var clocks = Clocks(leg, terms, now);
        return ReferenceEquals(waits, leg.Waits) && ReferenceEquals(clocks, leg.Clocks)
            ? leg
            : leg with
            {
                Waits = waits,
                Clocks = clocks,
            };
    }

    private static IReadOnlyList<LegClock> Clocks(Leg leg, JointTerms terms, DateTimeOffset now)
    {
        var isOver = LegWaits.IsOver(leg);
        var isAccepted = !leg.HasEnded && LegStatuses.OrderOf(leg.Reached) > 0;
        var clocks = leg.Clocks;
        if (!isOver && !isAccepted && LegWaits.CauseOf(leg) is null)
        {
            clocks = Started(clocks, LegClock.Acceptance, terms.Acceptance, now);
        }

        if (!isOver && isAccepted)
        {
            clocks = Started(clocks, LegClock.Work, terms.Work[leg.Utility], now);
        }

        return clocks.Any(Ends) ? [.. clocks.Select(clock => Ends(clock) ? Ended(clock, leg, now) : clock)] : clocks;

        bool Ends(LegClock clock) => clock.IsRunning && (isOver || (isAccepted && clock.Clock == LegClock.Acceptance));
    }

    private static IReadOnlyList<LegClock> Whole(JointApplication joint, List<Leg> legs, DateTimeOffset now)
    {
        var limit = joint.Terms.WholeOf([.. legs.Where(leg => !IsUnwanted(leg)).Select(leg => leg.Utility)]);
        var started = Limited(Started(joint.Clocks, LegClock.Whole, limit, joint.OpenedAt), limit);
        return started is [{ IsRunning: true } whole] && legs.TrueForAll(LegWaits.IsOver)
            ? [whole with { EndedAt = now, IsSettled = legs.TrueForAll(IsUnwanted) }]
            : started;
    }

    /// <summary>The whole takes as long as the longest of the legs that are wanted: it follows one that is taken back, or is not after all.</summary>
    private static IReadOnlyList<LegClock> Limited(IReadOnlyList<LegClock> clocks, JointLimit limit) =>
        clocks is [{ IsRunning: true } whole] && whole.Limit != limit ? [whole with { Limit = limit }] : clocks;

    private static IReadOnlyList<LegClock> Started(
        IReadOnlyList<LegClock> clocks,
        string name,
        JointLimit limit,
        DateTimeOffset at
    ) =>
        clocks.Any(clock => clock.Clock == name)
            ? clocks
            :
            [
                .. clocks,
                new LegClock
                {
                    Clock = name,
                    Limit = limit,
                    StartedAt = at,
                },
            ];

    private static LegClock Ended(LegClock clock, Leg leg, DateTimeOffset now) =>
        clock with
        {
            EndedAt = now,
            IsSettled = IsUnwanted(leg),
        };

    private static bool IsUnwanted(Leg leg) => leg.IsUnwanted || leg.State == LegState.Withdrawn;
}
