using System.Text.Json.Serialization;

namespace Integration.Contracts.V1.Operations;

/// <summary>How the agencies are doing on the node that answers. Answer of <c>GET /v1/ops/agencies</c>.</summary>
public sealed record AgenciesResponse
{
    /// <summary>Which node of the gateway this is about: breakers, places and last failures are each node's own.</summary>
    public required string Node { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One entry per agency in use, by name.</summary>
    public required IReadOnlyList<AgencyStatus> Agencies { get; init; }
}

/// <summary>How one agency is doing.</summary>
public sealed record AgencyStatus
{
    /// <summary>The agency.</summary>
    public required string Agency { get; init; }

    /// <summary><c>closed</c>: it is asked; <c>halfOpen</c>: one call is let through; <c>open</c>: it is left alone.</summary>
    public required string Circuit { get; init; }

    /// <summary>Present while it is out of service.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MaintenanceResponse? Maintenance { get; init; }

    /// <summary>Requests at once.</summary>
    public required AgencyPlaces Places { get; init; }

    /// <summary>Requests a second; absent: no limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AgencyRate? Rate { get; init; }

    /// <summary>Requests a day over all nodes; absent: no limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AgencyDay? Day { get; init; }

    /// <summary>The last call without a usable answer; absent: none since the start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AgencyLastFailure? LastFailure { get; init; }
}

/// <summary>Requests at once.</summary>
/// <param name="InUse">Under way now.</param>
/// <param name="Waiting">Waiting for a place now.</param>
/// <param name="Parallel">Most that may be under way.</param>
/// <param name="MayWait">Most that may wait.</param>
/// <param name="ForBatches">Most of the places that batches may have.</param>
public sealed record AgencyPlaces(int InUse, int Waiting, int Parallel, int MayWait, int ForBatches);

/// <summary>Requests a second.</summary>
/// <param name="PerSecond">How many are added a second.</param>
/// <param name="Burst">How many may be saved up.</param>
/// <param name="Left">How many may be sent at once now.</param>
public sealed record AgencyRate(int PerSecond, int Burst, int Left);

/// <summary>Requests a day (UTC+8).</summary>
/// <param name="PerDay">How many there are.</param>
/// <param name="Left">How many no node has reserved yet, as this node last saw it; absent: it has reserved none today.</param>
public sealed record AgencyDay(
    long PerDay,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Left = null
);

/// <summary>A call without a usable answer.</summary>
/// <param name="At">When it ended, UTC.</param>
/// <param name="Stage">Where it ended, e.g. <c>timeOut</c>.</param>
/// <param name="Side">Who has to do something about it: <c>gateway</c>, <c>network</c> or <c>agency</c>.</param>
/// <param name="Code">A stable code, e.g. <c>http-502</c>.</param>
public sealed record AgencyLastFailure(DateTimeOffset At, string Stage, string Side, string Code);
