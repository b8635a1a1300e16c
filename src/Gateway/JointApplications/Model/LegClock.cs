using System.Text.Json.Serialization;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>One clock of a leg or of the whole. The terms of a leg's are frozen when it starts; the whole's follow its legs while it runs.</summary>
internal sealed record LegClock
{
    /// <summary>From when a provider may have a leg to its acceptance.</summary>
    public const string Acceptance = "acceptance";

    /// <summary>From the provider's acceptance to connected.</summary>
    public const string Work = "work";

    /// <summary>From the form to the last leg connected.</summary>
    public const string Whole = "whole";

    /// <summary>One of the three names above.</summary>
    public required string Clock { get; init; }

    public required JointLimit Limit { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The last colour that was told.</summary>
    [JsonPropertyName("told")]
    public ClockColour Notified { get; init; }

    /// <summary>Nothing is told of it any more: its end was told, or the leg was taken back.</summary>
    public bool IsSettled { get; init; }

    [JsonIgnore]
    public bool IsRunning => EndedAt is null;

    [JsonIgnore]
    public ClockTerms Terms => new(ClockKind.WorkingDays, Limit.WorkingDays);
}

/// <summary>A time in which the applicant or an authority had to act.</summary>
/// <param name="Who">Who.</param>
/// <param name="Reason">Why, e.g. <c>gaps</c>, <c>returned</c>, <c>awaitingPermit</c>.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when; null: it lasts.</param>
internal sealed record LegWait(WaitsFor Who, string Reason, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>Who has to act while the provider cannot.</summary>
internal enum WaitsFor
{
    Applicant,
    Authority,
}
