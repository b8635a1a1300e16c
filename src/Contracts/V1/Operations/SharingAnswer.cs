using System.Text.Json.Serialization;

namespace Integration.Contracts.V1.Operations;

/// <summary>What is shared now, and how it goes on the node that answers. Answer of <c>GET /v1/ops/sharing</c>.</summary>
public sealed record SharingResponse
{
    /// <summary>Which node of the gateway this is about: health and last failures are each node's own.</summary>
    public required string Node { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The service catalogue in force: 16 hex digits.</summary>
    public required string CatalogueVersion { get; init; }

    /// <summary>False while the catalogue's file is another one, which was refused or cannot be put on record.</summary>
    public required bool CatalogueIsCurrent { get; init; }

    /// <summary>One entry per operation of the catalogue, in its order.</summary>
    public required IReadOnlyList<SharedOperationStatus> Operations { get; init; }

    /// <summary>One entry per agency of the catalogue, by name.</summary>
    public required IReadOnlyList<SharedAgencyStatus> Agencies { get; init; }

    /// <summary>Grants that name something the catalogue does not have: typing errors, or resources that went.</summary>
    public required IReadOnlyList<GrantWithoutRoute> GrantsWithoutRoute { get; init; }
}

/// <summary>One operation that is shared.</summary>
public sealed record SharedOperationStatus
{
    /// <summary>The resource: <c>/share/{resource}/…</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>The operation's name within the resource.</summary>
    public required string Operation { get; init; }

    /// <summary>What the resource is, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The agency that is asked.</summary>
    public required string Agency { get; init; }

    /// <summary>How it is asked.</summary>
    public required string Dialect { get; init; }

    /// <summary><c>GET</c>, <c>POST</c> or both.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Path template after the resource, as grants name it.</summary>
    public required string Path { get; init; }

    /// <summary>What it may be asked for.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>Number in the government's resource catalogue.</summary>
    public required string CatalogueId { get; init; }

    /// <summary>The document that allows the sharing.</summary>
    public required string ApprovalNumber { get; init; }

    /// <summary>First day (UTC+8).</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day (UTC+8).</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>Whether the approval holds now.</summary>
    public required bool IsApproved { get; init; }

    /// <summary>What it may cost.</summary>
    public required SharedLimits Limits { get; init; }

    /// <summary>The grants that allow something of it now.</summary>
    public required IReadOnlyList<SharedGrant> Grants { get; init; }

    /// <summary>The last calls without a usable answer since the start, newest first, at most 5.</summary>
    public required IReadOnlyList<SharedFailure> LastFailures { get; init; }
}

/// <summary>What one operation may cost, all callers together.</summary>
/// <param name="Seconds">Longest time until the answer begins.</param>
/// <param name="RequestBytes">Largest body of a caller.</param>
/// <param name="AnswerBytes">Largest answer of the agency.</param>
/// <param name="PerSecond">Requests a second; absent: no limit.</param>
/// <param name="AtOnce">Requests at one time; absent: no limit.</param>
/// <param name="PerDay">Requests a day (UTC+8); absent: no limit.</param>
public sealed record SharedLimits(
    double Seconds,
    int RequestBytes,
    long AnswerBytes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? PerSecond = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? AtOnce = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? PerDay = null
);

/// <summary>A grant that holds now.</summary>
/// <param name="Client">The client.</param>
/// <param name="Grant">The grant's id in the callers file.</param>
public sealed record SharedGrant(string Client, string Grant);

/// <summary>A forwarded call without a usable answer.</summary>
/// <param name="At">When it ended, UTC.</param>
/// <param name="Stage">Where it ended, e.g. <c>timeOut</c>.</param>
/// <param name="Side">Who has to do something about it: <c>gateway</c>, <c>network</c> or <c>agency</c>.</param>
/// <param name="Code">A stable code, e.g. <c>http-502</c>.</param>
/// <param name="EvidenceId">Its evidence record.</param>
public sealed record SharedFailure(DateTimeOffset At, string Stage, string Side, string Code, string EvidenceId);

/// <summary>Where forwarded requests to one agency go.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="Destinations">Its addresses, the preferred one first.</param>
public sealed record SharedAgencyStatus(string Agency, IReadOnlyList<SharedDestination> Destinations);

/// <summary>One address of an agency.</summary>
/// <param name="Address">As configured.</param>
/// <param name="Active">What probes say: <c>unknown</c> (none, or not probed yet), <c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Passive">What requests say: <c>unknown</c>, <c>healthy</c> or <c>unhealthy</c>, which is left alone for a while.</param>
public sealed record SharedDestination(string Address, string Active, string Passive);

/// <summary>A grant of which some part allows nothing.</summary>
/// <param name="Client">The client.</param>
/// <param name="Grant">The grant's id in the callers file.</param>
/// <param name="Service">What it names, <c>share:…</c>.</param>
/// <param name="Reason">What of it the catalogue does not have.</param>
public sealed record GrantWithoutRoute(string Client, string Grant, string Service, string Reason);
