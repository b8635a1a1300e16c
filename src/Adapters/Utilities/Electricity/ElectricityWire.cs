using System.Text.Json.Serialization;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Utilities.Electricity.Keys;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>One account.</summary>
internal sealed record AccountRow(
    string? Consno,
    [property: JsonPropertyName("qlrmc")] string? HolderName,
    [property: JsonPropertyName("qlrzjh")] string? HolderCode,
    [property: JsonPropertyName("bdcdyh")] string? Unit,
    [property: JsonPropertyName("sfqf")] string? OwesAnything,
    [property: JsonPropertyName("qfje")] string? Arrears
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(AccountRow);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireTextConverter)]
)]
[JsonSerializable(typeof(LinkagePreCheck))]
[JsonSerializable(typeof(LinkageAnswer))]
[JsonSerializable(typeof(AccountRow))]
[JsonSerializable(typeof(PowerOrder))]
[JsonSerializable(typeof(PowerAttachment))]
[JsonSerializable(typeof(PowerVisit))]
[JsonSerializable(typeof(OrderRow))]
[JsonSerializable(typeof(StatusRows))]
[JsonSerializable(typeof(VisitRow))]
[JsonSerializable(typeof(GatewayTokenAnswer))]
[JsonSerializable(typeof(GatewayToken))]
[JsonSerializable(typeof(IrsSecretAnswer))]
[JsonSerializable(typeof(IrsSecrets))]
internal sealed partial class ElectricityJson : JsonSerializerContext;
