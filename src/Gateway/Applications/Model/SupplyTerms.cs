using System.Text.Json.Serialization;
using Integration.Contracts.V1.Applications;

namespace Integration.Gateway.Applications.Model;

/// <summary>What can be said about the supply at acceptance. Stored with the application.</summary>
internal sealed record SupplyTerms
{
    /// <summary>Voltage level, e.g. <c>220V</c>.</summary>
    public required string Voltage { get; init; }

    /// <summary>Whether the connection costs the customer nothing.</summary>
    public required bool ZeroCost { get; init; }

    /// <summary>The rule of the policy that says so.</summary>
    public required string Rule { get; init; }

    /// <summary>Null: the grid's data do not allow one yet.</summary>
    public ConnectionPlan? Plan { get; init; }
}

/// <summary>How a place is connected.</summary>
internal sealed record ConnectionPlan
{
    /// <summary><c>direct</c> or <c>extension</c>.</summary>
    public required string Connection { get; init; }

    /// <summary>To the nearest low-voltage line, metres.</summary>
    public required decimal DistanceMetres { get; init; }

    /// <summary>Spare capacity there, kW.</summary>
    public required decimal SpareCapacityKw { get; init; }

    /// <summary>One sentence in Chinese.</summary>
    public required string Text { get; init; }
}

/// <summary>Whether a connection is a simple one, condition by condition. Stored with the application.</summary>
internal sealed record SimpleConnectionResult
{
    /// <summary>Whether every condition holds; one that cannot be told yet does not.</summary>
    public required bool Eligible { get; init; }

    public required IReadOnlyList<ConditionResult> Conditions { get; init; }
}

/// <summary>One condition of a simple connection.</summary>
internal sealed record ConditionResult
{
    /// <summary><c>size</c>, <c>voltage</c>, <c>capacity</c>, <c>direct</c> or <c>singleSource</c>.</summary>
    public required string Condition { get; init; }

    public required Holding Holds { get; init; }

    /// <summary>One sentence in Chinese.</summary>
    public required string Because { get; init; }

    public required string LegalReference { get; init; }
}

/// <summary>A time limit that runs from acceptance. Stored with the application.</summary>
internal sealed record ApplicationLimit
{
    /// <summary>A name of the policy.</summary>
    [JsonPropertyName("limit")]
    public required string Name { get; init; }

    /// <summary>Null: the calendar of a year that it needs is not published.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required string LegalReference { get; init; }

    /// <summary>Why there is no due time.</summary>
    public string? Note { get; init; }
}
