using System.Text.Json.Serialization;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.Utilities.Water;

/// <summary>One order with everything that belongs to it.</summary>
internal sealed record WaterOrder : LinkageOrder
{
    /// <summary>Our number of the order: the leg's key.</summary>
    [JsonPropertyName("qqlsh")]
    public required string Number { get; init; }

    [JsonPropertyName("qxdm")]
    public required string Division { get; init; }

    [JsonPropertyName("dwdm")]
    public required string Unit { get; init; }

    [JsonPropertyName("xq")]
    public required WaterNeed Need { get; init; }

    [JsonPropertyName("cl")]
    public required IReadOnlyList<WaterProof> Proofs { get; init; }

    [JsonPropertyName("fj")]
    public required IReadOnlyList<WaterPaper> Papers { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(WaterOrder);
}

/// <summary>What is needed: highest flow in m³/h, and what for.</summary>
internal sealed record WaterNeed(
    [property: JsonPropertyName("zdll")] decimal? PeakFlow,
    [property: JsonPropertyName("yt")] string? Use
);

/// <summary>A proof: check, outcome, when the source said so, evidence.</summary>
internal sealed record WaterProof(
    [property: JsonPropertyName("clmc")] string Check,
    [property: JsonPropertyName("jg")] string Outcome,
    [property: JsonPropertyName("sj")] string? AsOf,
    [property: JsonPropertyName("pzbh")] string Evidence
);

/// <summary>A paper: what it stands for, where it is kept, its digest.</summary>
internal sealed record WaterPaper(
    [property: JsonPropertyName("clmc")] string Proof,
    [property: JsonPropertyName("wjdz")] string Reference,
    [property: JsonPropertyName("zy")] string Digest
);

internal sealed record WaterOrderNumber([property: JsonPropertyName("qqlsh")] string Number);

internal sealed record WaterVisit(
    [property: JsonPropertyName("qqlsh")] string Number,
    [property: JsonPropertyName("kssj")] string From,
    [property: JsonPropertyName("jssj")] string Until
);

internal sealed record WaterReceipt(
    [property: JsonPropertyName("qqlsh")] string? Number,
    [property: JsonPropertyName("gdh")] string? Reference,
    [property: JsonPropertyName("sfcx")] string? IsCancelled,
    [property: JsonPropertyName("qsx")] IReadOnlyList<string?>? Missing
);

internal sealed record WaterProgress(
    [property: JsonPropertyName("qqlsh")] string? Number,
    [property: JsonPropertyName("jd")] IReadOnlyList<WaterStep?>? Steps
);

internal sealed record WaterStep(
    [property: JsonPropertyName("jdbh")] string? Id,
    [property: JsonPropertyName("zt")] string? Code,
    [property: JsonPropertyName("sj")] string? At,
    [property: JsonPropertyName("sm")] string? Detail,
    [property: JsonPropertyName("zrf")] string? Who,
    [property: JsonPropertyName("qsx")] IReadOnlyList<string?>? Missing,
    [property: JsonPropertyName("fy")] IReadOnlyList<WaterFee?>? Fees
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(WaterStep);
}

internal sealed record WaterFee(
    [property: JsonPropertyName("mc")] string? Name,
    [property: JsonPropertyName("je")] string? Amount
);

internal sealed record WaterVisitReply(
    [property: JsonPropertyName("qqlsh")] string? Number,
    [property: JsonPropertyName("kssj")] string? From,
    [property: JsonPropertyName("qr")] string? IsConfirmed
);

internal sealed record WaterAccountRow(
    [property: JsonPropertyName("consno")] string? Account,
    [property: JsonPropertyName("sfqf")] string? OwesAnything,
    [property: JsonPropertyName("sfyhz")] string? IsFormerHolders
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(WaterAccountRow);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireTextConverter)]
)]
[JsonSerializable(typeof(WaterOrder))]
[JsonSerializable(typeof(WaterOrderNumber))]
[JsonSerializable(typeof(WaterVisit))]
[JsonSerializable(typeof(LinkagePreCheck))]
[JsonSerializable(typeof(LinkageAnswer))]
[JsonSerializable(typeof(WaterReceipt))]
[JsonSerializable(typeof(WaterProgress))]
[JsonSerializable(typeof(WaterVisitReply))]
[JsonSerializable(typeof(WaterAccountRow))]
internal sealed partial class WaterJson : JsonSerializerContext;
