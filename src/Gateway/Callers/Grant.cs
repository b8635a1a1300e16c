using System.Collections.Frozen;

namespace Integration.Gateway.Callers;

/// <summary>One approval: this client may use this service for these purposes and see these fields, for a time.</summary>
internal sealed record Grant
{
    public required string Id { get; init; }

    /// <summary>The client it was given to.</summary>
    public required string Client { get; init; }

    public required string Service { get; init; }

    /// <summary>Empty allows nothing.</summary>
    public required FrozenSet<string> Purposes { get; init; }

    /// <summary>Empty allows nothing of a service that has fields.</summary>
    public required FrozenSet<string> Fields { get; init; }

    /// <summary>Methods of a shared resource; empty for every other service.</summary>
    public FrozenSet<string> Methods { get; init; } = [];

    /// <summary>Path templates of a shared resource, as the catalogue writes them; empty for every other service.</summary>
    public FrozenSet<string> Paths { get; init; } = [];

    /// <summary>Whose cases it reaches beside the client's own; empty for every service but <c>cases</c>, and allows none of another.</summary>
    public FrozenSet<string> Owners { get; init; } = [];

    /// <summary>First moment of its first day (UTC+8).</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>First moment after its last day (UTC+8).</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The number of the approval document that it rests on.</summary>
    public required string ApprovalNumber { get; init; }

    public bool IsValidAt(DateTimeOffset moment) => From <= moment && moment < Until;
}
