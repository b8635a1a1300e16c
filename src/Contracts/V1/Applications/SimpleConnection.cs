namespace Integration.Contracts.V1.Applications;

/// <summary>Whether a connection is a simple one (极简报装): then it is made within the shortest limit.</summary>
public sealed record SimpleConnection
{
    /// <summary>Whether every condition holds; a condition that cannot be told yet does not.</summary>
    public required bool Eligible { get; init; }

    /// <summary>Every condition and how it stands.</summary>
    public required IReadOnlyList<SimpleCondition> Conditions { get; init; }
}

/// <summary>One condition of a simple connection.</summary>
public sealed record SimpleCondition
{
    /// <summary><c>size</c>, <c>voltage</c>, <c>capacity</c>, <c>direct</c> or <c>singleSource</c>.</summary>
    public required string Condition { get; init; }

    /// <summary>Whether it holds.</summary>
    public required Holding Holds { get; init; }

    /// <summary>Why, one sentence in Chinese.</summary>
    public required string Because { get; init; }

    /// <summary>Law or plan it comes from.</summary>
    public required string LegalReference { get; init; }
}

/// <summary>Whether a condition holds.</summary>
public enum Holding
{
    /// <summary>It holds.</summary>
    Yes,

    /// <summary>It does not.</summary>
    No,

    /// <summary>No source said so yet, e.g. the grid's data or the register's size class is missing.</summary>
    Unknown,
}
