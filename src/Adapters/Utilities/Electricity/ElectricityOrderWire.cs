using System.Text.Json.Serialization;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>The form; proofs and papers follow one by one.</summary>
internal sealed record PowerOrder : LinkageOrder
{
    /// <summary>Our number of the order: the leg's key.</summary>
    [JsonPropertyName("ddbh")]
    public required string Number { get; init; }

    /// <summary>Power, as in the pre-check.</summary>
    [JsonPropertyName("ywlx")]
    public string Business { get; init; } = "2";

    /// <summary>kW.</summary>
    [JsonPropertyName("sqrl")]
    public decimal? Capacity { get; init; }

    [JsonPropertyName("ydlb")]
    public string? Use { get; init; }

    /// <summary>How many attachments will follow.</summary>
    [JsonPropertyName("fjsl")]
    public required int Attachments { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(PowerOrder);
}

/// <summary>One proof (<c>fjlx</c> 1) or one paper (<c>fjlx</c> 2).</summary>
internal sealed record PowerAttachment
{
    [JsonPropertyName("fjmc")]
    public required string Name { get; init; }

    [JsonPropertyName("fjlx")]
    public required string Kind { get; init; }

    /// <summary>Check of a proof, or what a paper stands for.</summary>
    [JsonPropertyName("clmc")]
    public required string Title { get; init; }

    /// <summary>Outcome of the check.</summary>
    [JsonPropertyName("hyjg")]
    public string? Outcome { get; init; }

    [JsonPropertyName("hysj")]
    public string? AsOf { get; init; }

    [JsonPropertyName("pzbh")]
    public string? Evidence { get; init; }

    /// <summary>Where a paper is kept.</summary>
    [JsonPropertyName("wjdz")]
    public string? Reference { get; init; }

    /// <summary>Its digest.</summary>
    [JsonPropertyName("zy")]
    public string? Digest { get; init; }
}

internal sealed record PowerVisit(
    [property: JsonPropertyName("kssj")] string From,
    [property: JsonPropertyName("jssj")] string Until
);

/// <summary>How the order stands, attachments included.</summary>
internal sealed record OrderRow(
    [property: JsonPropertyName("ddbh")] string? Number,
    [property: JsonPropertyName("gdbh")] string? Reference,
    [property: JsonPropertyName("ddzt")] string? Standing,
    [property: JsonPropertyName("fjsl")] string? Announced,
    [property: JsonPropertyName("yscfj")] string? Attached,
    [property: JsonPropertyName("sfqk")] string? IsCleared,
    [property: JsonPropertyName("qscl")] IReadOnlyList<string?>? Missing
);

internal sealed record StatusRows(
    [property: JsonPropertyName("ddbh")] string? Number,
    [property: JsonPropertyName("hjlb")] IReadOnlyList<StatusRow?>? Rows
);

internal sealed record StatusRow(
    [property: JsonPropertyName("hjbh")] string? Id,
    [property: JsonPropertyName("hjdm")] string? Code,
    [property: JsonPropertyName("hjsj")] string? At,
    [property: JsonPropertyName("hjsm")] string? Detail,
    [property: JsonPropertyName("zrzt")] string? Who,
    [property: JsonPropertyName("qscl")] IReadOnlyList<string?>? Missing,
    [property: JsonPropertyName("fymx")] IReadOnlyList<StatusFee?>? Fees
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(StatusRow);
}

internal sealed record StatusFee(
    [property: JsonPropertyName("fymc")] string? Name,
    [property: JsonPropertyName("fyje")] string? Amount
);

internal sealed record VisitRow(
    [property: JsonPropertyName("ddbh")] string? Number,
    [property: JsonPropertyName("kssj")] string? From,
    [property: JsonPropertyName("sfqr")] string? IsConfirmed
);
