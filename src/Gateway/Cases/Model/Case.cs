using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases.Model;

/// <summary>
/// A case: its clocks, milestones and flags. Holds no personal data; stored as one document and never changed in place.
/// </summary>
internal sealed record Case : IDocument
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public required string CaseId { get; init; }

    /// <summary>The client whose case it is: its applications stand in it.</summary>
    public required string CallerId { get; init; }

    /// <summary>The client that reported it by an event; null when its owner opened it.</summary>
    public string? ReportedBy { get; init; }

    public required string Purpose { get; init; }

    public string? ServiceType { get; init; }

    /// <summary>The application in force; null: none was accepted.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>Who works on it within the office: the service's team by policy; null until it is accepted.</summary>
    public string? Team { get; init; }

    public CaseState State { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When what was accepted before was last taken back; null: never. No trace of what is accepted now is older.</summary>
    public DateTimeOffset? TakenBackAt { get; init; }

    /// <summary>Earliest trace of the work outside the gateway; null: none is known.</summary>
    public DateTimeOffset? FirstTraceAt { get; init; }

    /// <summary>The edition in force at acceptance (before: when it was opened); the case keeps it.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>The limits that apply, as they stood at acceptance; a clock takes its terms from here when it starts.</summary>
    public IReadOnlyList<LimitPolicy> Limits { get; init; } = [];

    public IReadOnlyList<CaseClock> Clocks { get; init; } = [];

    public IReadOnlyList<Milestone> Milestones { get; init; } = [];

    /// <summary>How many of <see cref="Milestones"/> stood when what is in force was accepted.</summary>
    public int EarlierMilestones { get; init; }

    public IReadOnlyList<InspectionFlag> Flags { get; init; } = [];

    /// <summary>Counts the changes; a change made to an older version is refused.</summary>
    public int Version { get; init; }

    /// <summary>When the clocks are looked at next; null: no running clock changes any more.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    public static Case FromJson(string json) =>
        JsonSerializer.Deserialize<Case>(json, s_json)
        ?? throw new InvalidOperationException("A stored case is the JSON null.");
}

/// <summary>One clock of a case. Its terms are frozen when it starts.</summary>
internal sealed record CaseClock
{
    /// <summary>One of <see cref="ClockNames"/>.</summary>
    public required string Clock { get; init; }

    /// <summary>Null: it only measures.</summary>
    public ClockTerms? Terms { get; init; }

    /// <summary>Name of the limit.</summary>
    public string? Limit { get; init; }

    public string? LegalReference { get; init; }

    /// <summary>Share used up from which it is yellow.</summary>
    public int YellowFromPercent { get; init; } = 70;

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Of acceptance: the receipt of the event that waits for it; null: no event does.</summary>
    public string? ReceiptId { get; init; }

    /// <summary>The evidence of its start; null when the start has none of its own.</summary>
    public string? EvidenceId { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The evidence of its end.</summary>
    public string? EndEvidenceId { get; init; }

    public IReadOnlyList<ClockStop> Stops { get; init; } = [];

    /// <summary>The last colour that was told.</summary>
    public ClockColour Told { get; init; }

    /// <summary>It ended and its last colour was told.</summary>
    public bool IsSettled { get; init; }

    [JsonIgnore]
    public bool IsRunning => EndedAt is null;

    /// <summary>Its colour may still have to be told.</summary>
    [JsonIgnore]
    public bool IsWatched => Terms is not null && !IsSettled;
}

/// <summary>A time in which a clock stood still.</summary>
internal sealed record ClockStop
{
    public required string StopId { get; init; }

    public required string Reason { get; init; }

    public required string Evidence { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>The evidence of its beginning.</summary>
    public string? EvidenceId { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>The evidence of its end.</summary>
    public string? EndEvidenceId { get; init; }
}

/// <summary>A step of the work that was reached.</summary>
internal sealed record Milestone(string Name, DateTimeOffset At, string By, string? EvidenceId);
