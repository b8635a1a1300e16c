namespace Integration.Gateway.Policy;

/// <summary>What is wrong with the clocks of an edition: steps out of place, clocks that nothing starts or ends.</summary>
internal static class ClockFaults
{
    public static IEnumerable<string> In(PolicyEdition edition) =>
        Ends(edition.Clocks)
            .Concat(edition.Clocks.Milestones.SelectMany(milestone => Needs(milestone, edition.Clocks)))
            .Concat(edition.Limits.SelectMany(limit => Limit(limit, edition.Clocks)))
            .Select(fault => $"clocks: {fault}");

    private static IEnumerable<string> Ends(ClockPolicy clocks)
    {
        if (clocks.Milestones[0].Milestone != MilestoneNames.Accepted)
        {
            yield return $"the first milestone has to be {MilestoneNames.Accepted}.";
        }

        if (clocks.Milestones[^1].Milestone != MilestoneNames.Closed)
        {
            yield return $"the last milestone has to be {MilestoneNames.Closed}.";
        }

        string[] always = [ClockNames.Whole, ClockNames.Company];
        foreach (var clock in always.Except(clocks.Milestones[0].Starts, StringComparer.Ordinal))
        {
            yield return $"the first milestone has to start the clock {clock}.";
        }

        if (!clocks.Milestones[0].Ends.Contains(ClockNames.Acceptance, StringComparer.Ordinal))
        {
            yield return $"the first milestone has to end the clock {ClockNames.Acceptance}.";
        }
    }

    private static IEnumerable<string> Needs(MilestonePolicy milestone, ClockPolicy clocks) =>
        (milestone.Needs ?? [])
            .Where(needed => clocks.Milestone(needed) is null || !clocks.IsBefore(needed, milestone.Milestone))
            .Select(needed => $"milestone {milestone.Milestone}: {needed} does not come before it.");

    private static IEnumerable<string> Limit(LimitPolicy limit, ClockPolicy clocks)
    {
        if (!clocks.Milestones.Any(milestone => milestone.Starts.Contains(limit.Clock, StringComparer.Ordinal)))
        {
            yield return $"limit {limit.Name}: no milestone starts the clock {limit.Clock}.";
        }

        if (
            !clocks
                .Milestones.SkipLast(1)
                .Any(milestone => milestone.Ends.Contains(limit.Clock, StringComparer.Ordinal))
        )
        {
            yield return $"limit {limit.Name}: no milestone before the last ends the clock {limit.Clock}.";
        }
    }
}
