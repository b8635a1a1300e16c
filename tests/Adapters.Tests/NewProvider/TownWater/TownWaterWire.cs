using System.Text.Json.Serialization;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.Utilities.TownWater;

/// <summary>One order; what the leg does not have is left out.</summary>
internal sealed record TownWaterOrder
{
    /// <summary>Our number of the order: the leg's key.</summary>
    public required string Key { get; init; }

    public required string LegId { get; init; }

    /// <summary><c>new</c> or <c>transfer</c>.</summary>
    public required string Kind { get; init; }

    public required string Consent { get; init; }

    /// <summary>m³/h.</summary>
    public decimal? PeakFlow { get; init; }

    public string? Name { get; init; }

    public string? Code { get; init; }

    public string? Address { get; init; }

    public string? Account { get; init; }

    public string? FormerHolder { get; init; }

    /// <summary>Where the proofs and papers are on record.</summary>
    public required IReadOnlyList<string> Papers { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(TownWaterOrder);
}

internal sealed record TownWaterKey(string Key);

internal sealed record TownWaterVisit(string Key, string From, string Until);

internal sealed record TownWaterAccount(string Account, string FormerHolder)
{
    /// <inheritdoc />
    public override string ToString() => nameof(TownWaterAccount);
}

internal sealed record TownWaterReceipt(
    string? Key,
    bool? Known,
    string? Reference,
    bool? Cancelled,
    IReadOnlyList<string?>? Missing
);

internal sealed record TownWaterSteps(string? Key, bool? Known, IReadOnlyList<TownWaterStep?>? Steps);

internal sealed record TownWaterStep(string? Id, string? Code, string? At, string? Detail)
{
    /// <inheritdoc />
    public override string ToString() => nameof(TownWaterStep);
}

internal sealed record TownWaterVisitReply(string? Key, string? From, bool? Confirmed);

internal sealed record TownWaterAccountRow(string? Account, bool? Known, bool? Owes, bool? IsFormerHolders);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireTextConverter)]
)]
[JsonSerializable(typeof(TownWaterOrder))]
[JsonSerializable(typeof(TownWaterKey))]
[JsonSerializable(typeof(TownWaterVisit))]
[JsonSerializable(typeof(TownWaterAccount))]
[JsonSerializable(typeof(TownWaterReceipt))]
[JsonSerializable(typeof(TownWaterSteps))]
[JsonSerializable(typeof(TownWaterVisitReply))]
[JsonSerializable(typeof(TownWaterAccountRow))]
internal sealed partial class TownWaterJson : JsonSerializerContext;
