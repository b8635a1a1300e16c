using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases.Model;

/// <summary>Who acts on a case, when, and under which rules. The time is always the gateway's.</summary>
internal sealed record CaseActor
{
    /// <summary>A client, or <see cref="Gateway"/>.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The edition that the case keeps.</summary>
    public required PolicyEdition Policy { get; init; }

    public required SlaClock Clock { get; init; }

    /// <summary>Makes numbers, given their prefix.</summary>
    public required Func<string, string> NewId { get; init; }

    /// <summary>The name under which the gateway itself acts.</summary>
    public const string Gateway = "gateway";
}
