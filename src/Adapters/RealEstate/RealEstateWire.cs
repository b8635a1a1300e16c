using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.RealEstate;

internal sealed record TokenRequest(string UserName, string Password)
{
    /// <inheritdoc />
    public override string ToString() => nameof(TokenRequest);
}

/// <summary><c>Data</c> stays raw: on failure the registry may put anything there.</summary>
internal sealed record TokenAnswer(string? Code, JsonElement Data);

internal sealed record IssuedToken(string? Token, int? Expires)
{
    /// <inheritdoc />
    public override string ToString() => nameof(IssuedToken);
}

/// <summary>The text of the form field <c>gxData</c>.</summary>
internal sealed record GxData(GxHead Head, JsonElement Data)
{
    /// <inheritdoc />
    public override string ToString() => nameof(GxData);
}

internal sealed record GxHead(
    string Token,
    string Xzqdm,
    string DeptName,
    string UserName,
    string Ip,
    string RequestType,
    string BusinessNumber,
    string Cxqqdh
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(GxHead);
}

internal sealed record TitleConditions(IReadOnlyList<TitleCondition> Cxywcs);

/// <summary>One title asked for. Every field is always there; what is not known is an empty text.</summary>
internal sealed record TitleCondition(
    [property: JsonPropertyName("QLRMC")] string HolderName,
    [property: JsonPropertyName("QLRZJH")] string HolderCode,
    [property: JsonPropertyName("BDCQZH")] string Certificate,
    [property: JsonPropertyName("BDCDYH")] string Unit
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(TitleCondition);
}

/// <summary><c>Data</c> stays raw: on failure the registry may put anything there.</summary>
internal sealed record TitleAnswer(TitleAnswerHead? Head, JsonElement Data);

internal sealed record TitleAnswerHead(string? Code, string? Cxqqdh);

/// <summary>One holder of one title. Fields we have no use for are not read.</summary>
internal sealed record TitleRow(
    [property: JsonPropertyName("QLRMC")] string? HolderName,
    [property: JsonPropertyName("ZJH")] string? HolderCode,
    [property: JsonPropertyName("BDCQZH")] string? Certificate,
    [property: JsonPropertyName("BDCDYH")] string? Unit,
    [property: JsonPropertyName("YBDCDYH")] string? FormerUnit,
    [property: JsonPropertyName("QSZT")] string? Status,
    [property: JsonPropertyName("DYAQ")] JsonElement Mortgages,
    [property: JsonPropertyName("CFDJ")] JsonElement Seizures
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(TitleRow);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    Converters = [typeof(WireTextConverter)]
)]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(IssuedToken))]
[JsonSerializable(typeof(GxData))]
[JsonSerializable(typeof(TitleConditions))]
[JsonSerializable(typeof(TitleAnswer))]
[JsonSerializable(typeof(IReadOnlyList<TitleRow>))]
internal sealed partial class RealEstateJson : JsonSerializerContext;
