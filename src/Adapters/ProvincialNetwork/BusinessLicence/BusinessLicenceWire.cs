using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.ProvincialNetwork.BusinessLicence;

/// <summary>Question of the query.</summary>
internal sealed record EnterpriseQuery(string Entname, string Uniscid, string Authcode)
{
    /// <inheritdoc />
    public override string ToString() => nameof(EnterpriseQuery);
}

/// <summary>Question of the comparison; <paramref name="Name"/> is the legal representative.</summary>
internal sealed record EnterpriseClaim(string Entname, string Uniscid, string Name, string Authcode)
{
    /// <inheritdoc />
    public override string ToString() => nameof(EnterpriseClaim);
}

/// <summary>Answer of both: the data is a list, an object, or an empty text when the platform refused.</summary>
internal sealed record EnterpriseAnswer
{
    [JsonConverter(typeof(WireTextConverter))]
    public string? Code { get; init; }

    public JsonElement Data { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(EnterpriseAnswer);
}

/// <summary>One registered enterprise. Keys come in any case, dates in two spellings, nothing as "null".</summary>
internal sealed record EnterpriseRow
{
    [JsonConverter(typeof(WireTextConverter))]
    public string? Uniscid { get; init; }

    [JsonConverter(typeof(WireTextConverter))]
    public string? Entname { get; init; }

    /// <summary>Type in Chinese; holds 国有 when state-owned.</summary>
    [JsonConverter(typeof(WireTextConverter))]
    public string? EnttypeCn { get; init; }

    /// <summary>Size class in Chinese.</summary>
    [JsonConverter(typeof(WireTextConverter))]
    public string? EntscaleCn { get; init; }

    /// <summary>Legal representative.</summary>
    [JsonConverter(typeof(WireTextConverter))]
    public string? Name { get; init; }

    [JsonConverter(typeof(WireTextConverter))]
    public string? Estdate { get; init; }

    /// <summary>Standing in Chinese.</summary>
    [JsonConverter(typeof(WireTextConverter))]
    public string? RegstateCn { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(EnterpriseRow);
}

/// <summary>What the comparison found.</summary>
internal sealed record EnterpriseComparison
{
    /// <summary>The register's index of the enterprise; where it is a credit code it is the one asked for.</summary>
    [JsonPropertyName("ent_idx")]
    [JsonConverter(typeof(WireTextConverter))]
    public string? Index { get; init; }

    [JsonConverter(typeof(WireTextConverter))]
    public string? RegstateCn { get; init; }

    [JsonPropertyName("diff_list")]
    public IReadOnlyList<EnterpriseDifference>? Differences { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(EnterpriseComparison);
}

/// <summary>One field that differs.</summary>
internal sealed record EnterpriseDifference
{
    [JsonPropertyName("chk_key")]
    [JsonConverter(typeof(WireTextConverter))]
    public string? Key { get; init; }

    /// <summary>The value we sent.</summary>
    [JsonPropertyName("in_val")]
    [JsonConverter(typeof(WireTextConverter))]
    public string? Asked { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(EnterpriseDifference);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth
)]
[JsonSerializable(typeof(EnterpriseQuery))]
[JsonSerializable(typeof(EnterpriseClaim))]
[JsonSerializable(typeof(EnterpriseAnswer))]
[JsonSerializable(typeof(IReadOnlyList<EnterpriseRow>))]
[JsonSerializable(typeof(EnterpriseComparison))]
internal sealed partial class BusinessLicenceJson : JsonSerializerContext;
