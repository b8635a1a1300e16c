using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Refit;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>The marketing system's orders. An order's number is the leg's key, so it may stand in an address.</summary>
internal interface IElectricityOrderApi
{
    [Post("/orders")]
    Task<OrderAnswer> Order(
        [Body] PowerOrder order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Get("/orders/{number}")]
    Task<OrderAnswer> Find(
        string number,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    /// <summary>Takes away what earlier sendings of the same leg attached.</summary>
    [Delete("/orders/{number}/attachments")]
    Task<OrderAnswer> Clear(
        string number,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Put("/orders/{number}/attachments/{name}")]
    Task<OrderAnswer> Attach(
        string number,
        string name,
        [Body] PowerAttachment attachment,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/orders/{number}/cancel")]
    Task<OrderAnswer> Cancel(
        string number,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Get("/orders/{number}/statuses")]
    Task<OrderAnswer> Statuses(
        string number,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/orders/{number}/visits")]
    Task<OrderAnswer> Visit(
        string number,
        [Body] PowerVisit visit,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}

/// <summary>The form; proofs and papers follow one by one.</summary>
internal sealed record PowerOrder
{
    /// <summary>Our number of the order: the leg's key.</summary>
    [JsonPropertyName("ddbh")]
    public required string Number { get; init; }

    /// <summary>The leg.</summary>
    [JsonPropertyName("slbh")]
    public required string Acceptance { get; init; }

    /// <summary>Power, as in the pre-check.</summary>
    [JsonPropertyName("ywlx")]
    public string Business { get; init; } = "2";

    /// <summary><c>xz</c> new connection, <c>gh</c> transfer.</summary>
    [JsonPropertyName("jklx")]
    public required string Kind { get; init; }

    [JsonPropertyName("tysbh")]
    public required string Consent { get; init; }

    /// <summary>kW.</summary>
    [JsonPropertyName("sqrl")]
    public decimal? Capacity { get; init; }

    [JsonPropertyName("ydlb")]
    public string? Use { get; init; }

    [JsonPropertyName("qlrmc")]
    public string? ApplicantName { get; init; }

    /// <summary>What <see cref="ApplicantCode"/> is: <c>01</c> resident identity, <c>07</c> credit code.</summary>
    [JsonPropertyName("qlrzjzl")]
    public string? ApplicantCodeType { get; init; }

    [JsonPropertyName("qlrzjh")]
    public string? ApplicantCode { get; init; }

    [JsonPropertyName("fddbr")]
    public string? LegalRepresentative { get; init; }

    [JsonPropertyName("dlrmc")]
    public string? AgentName { get; init; }

    [JsonPropertyName("ywrmc")]
    public string? FormerHolder { get; init; }

    [JsonPropertyName("zl")]
    public string? Address { get; init; }

    [JsonPropertyName("bdcdyh")]
    public string? UnitNumber { get; init; }

    [JsonPropertyName("bdcqzh")]
    public string? CertificateNumber { get; init; }

    [JsonPropertyName("consno")]
    public string? Account { get; init; }

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

/// <summary><c>Data</c> stays raw: null means unknown, missing means malformed.</summary>
internal sealed record OrderAnswer(string? Code, JsonElement Data);

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

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireTextConverter)]
)]
[JsonSerializable(typeof(PowerOrder))]
[JsonSerializable(typeof(PowerAttachment))]
[JsonSerializable(typeof(PowerVisit))]
[JsonSerializable(typeof(OrderAnswer))]
[JsonSerializable(typeof(OrderRow))]
[JsonSerializable(typeof(StatusRows))]
[JsonSerializable(typeof(VisitRow))]
internal sealed partial class ElectricityOrderJson : JsonSerializerContext;
