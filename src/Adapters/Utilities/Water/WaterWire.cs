using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Refit;

namespace Integration.Adapters.Utilities.Water;

/// <summary>The service hall's interface for orders.</summary>
internal interface IWaterApi
{
    [Post("/api/order")]
    Task<WaterAnswer> Order(
        [Body] WaterOrder order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/api/order/find")]
    Task<WaterAnswer> Find(
        [Body] WaterOrderNumber order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/api/order/cancel")]
    Task<WaterAnswer> Cancel(
        [Body] WaterOrderNumber order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/api/order/progress")]
    Task<WaterAnswer> Progress(
        [Body] WaterOrderNumber order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/api/visit")]
    Task<WaterAnswer> Visit(
        [Body] WaterVisit visit,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/api/precheck")]
    Task<WaterAnswer> PreCheck(
        [Body] WaterAccount account,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}

/// <summary>One order with everything that belongs to it.</summary>
internal sealed record WaterOrder
{
    /// <summary>Our number of the order: the leg's key.</summary>
    [JsonPropertyName("qqlsh")]
    public required string Number { get; init; }

    /// <summary>The leg.</summary>
    [JsonPropertyName("slbh")]
    public required string Acceptance { get; init; }

    /// <summary><c>xz</c> new connection, <c>gh</c> transfer.</summary>
    [JsonPropertyName("jklx")]
    public required string Kind { get; init; }

    [JsonPropertyName("qxdm")]
    public required string Division { get; init; }

    [JsonPropertyName("dwdm")]
    public required string Unit { get; init; }

    [JsonPropertyName("tysbh")]
    public required string Consent { get; init; }

    [JsonPropertyName("xq")]
    public required WaterNeed Need { get; init; }

    [JsonPropertyName("qlrmc")]
    public string? ApplicantName { get; init; }

    /// <summary>What <see cref="ApplicantCode"/> is: <c>1</c> resident identity, <c>6</c> credit code.</summary>
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

/// <summary>Asks for one account: arrears wanted (sfcxqf 1), water (ywlx 1), check (jklx hy).</summary>
internal sealed record WaterAccount(
    [property: JsonPropertyName("consno")] string Account,
    [property: JsonPropertyName("ywrmc")] string FormerHolder,
    string Sfcxqf = "1",
    string Ywlx = "1",
    string Jklx = "hy"
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(WaterAccount);
}

/// <summary><c>Data</c> stays raw: null means unknown, missing means malformed.</summary>
internal sealed record WaterAnswer(string? Code, JsonElement Data);

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
[JsonSerializable(typeof(WaterAccount))]
[JsonSerializable(typeof(WaterAnswer))]
[JsonSerializable(typeof(WaterReceipt))]
[JsonSerializable(typeof(WaterProgress))]
[JsonSerializable(typeof(WaterVisitReply))]
[JsonSerializable(typeof(WaterAccountRow))]
internal sealed partial class WaterJson : JsonSerializerContext;
