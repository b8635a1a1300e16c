using Integration.Contracts.V1.Cases;

namespace Integration.Gateway.Policy;

/// <summary>How the clocks of a case run: what starts, stops and ends them, and from when its readers are warned.</summary>
internal sealed record ClockPolicy
{
    /// <summary>How long an event may wait for acceptance.</summary>
    public required AcceptancePolicy Acceptance { get; init; }

    /// <summary>Share of a limit from which its clock is yellow, 1 to 99.</summary>
    public required int YellowFromPercent { get; init; }

    /// <summary>So many yellow clocks of a team in a row are red for the team; at least 2.</summary>
    public required int ThreeYellows { get; init; }

    /// <summary>A trace of the work this much earlier than acceptance is a late start; counted like acceptance.</summary>
    public required int LateStartToleranceMinutes { get; init; }

    /// <summary>In the order in which they are reached.</summary>
    public required IReadOnlyList<MilestonePolicy> Milestones { get; init; }

    /// <summary>The closed list of reasons for which a clock may stand still.</summary>
    public required IReadOnlyList<StopPolicy> Stops { get; init; }

    public required string LegalReference { get; init; }

    public MilestonePolicy? Milestone(string? name) =>
        Milestones.FirstOrDefault(milestone => milestone.Milestone == name);

    public StopPolicy? Stop(string? reason) => Stops.FirstOrDefault(stop => stop.Reason == reason);

    /// <summary>Whether one milestone stands before another in the course of the work.</summary>
    public bool IsBefore(string earlier, string later) => PlaceOf(earlier) < PlaceOf(later);

    private int PlaceOf(string name) => Milestones.TakeWhile(milestone => milestone.Milestone != name).Count();
}

/// <summary>How long an event may wait for acceptance.</summary>
/// <param name="Kind">Business minutes, or wall minutes.</param>
/// <param name="Minutes">At least 1.</param>
/// <param name="LegalReference">What it rests on.</param>
internal sealed record AcceptancePolicy(ClockKind Kind, int Minutes, string LegalReference);

/// <summary>A step of the work and what it does to the clocks.</summary>
internal sealed record MilestonePolicy
{
    /// <summary>One of <see cref="MilestoneNames"/> or another of the closed list.</summary>
    public required string Milestone { get; init; }

    /// <summary>What it is called in Chinese.</summary>
    public required string Text { get; init; }

    /// <summary>Milestones that have to be reached before; null: none.</summary>
    public IReadOnlyList<string>? Needs { get; init; }

    public required IReadOnlyList<string> Starts { get; init; }

    public required IReadOnlyList<string> Ends { get; init; }
}

/// <summary>The milestones that mean something to the gateway itself.</summary>
internal static class MilestoneNames
{
    /// <summary>Set by the gateway, never reported.</summary>
    public const string Accepted = "accepted";

    /// <summary>Closes the case.</summary>
    public const string Closed = "closed";
}

/// <summary>A reason for which clocks may stand still.</summary>
/// <param name="Reason">One of the closed list, e.g. <c>customer-materials</c>.</param>
/// <param name="Text">What it is called in Chinese.</param>
/// <param name="Clocks">The clocks that it may stop.</param>
/// <param name="LegalReference">What it rests on.</param>
internal sealed record StopPolicy(string Reason, string Text, IReadOnlyList<string> Clocks, string LegalReference);

/// <summary>The clocks a case can have.</summary>
internal static class ClockNames
{
    /// <summary>From the event to acceptance.</summary>
    public const string Acceptance = "acceptance";

    /// <summary>The whole process, from acceptance to connection.</summary>
    public const string Whole = "whole";

    /// <summary>Company time: the whole process without what others take.</summary>
    public const string Company = "company";

    /// <summary>Works on the grid.</summary>
    public const string GridWorks = "grid-works";

    /// <summary>The clocks that run for electricity alone.</summary>
    public static readonly IReadOnlyList<string> Electricity = [Acceptance, Whole, Company, GridWorks];
}
