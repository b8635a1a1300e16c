using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.GridResource;

internal sealed record GridRequest(string UnitNumber)
{
    /// <inheritdoc />
    public override string ToString() => nameof(GridRequest);
}

/// <summary><c>Data</c> stays raw: null means unknown, missing means malformed.</summary>
internal sealed record GridAnswer(string? Code, JsonElement Data);

internal sealed record GridRow(string? UnitNumber, string? NearestLowVoltageMetres, string? SpareCapacityKw)
{
    /// <inheritdoc />
    public override string ToString() => nameof(GridRow);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    Converters = [typeof(WireTextConverter)]
)]
[JsonSerializable(typeof(GridRequest))]
[JsonSerializable(typeof(GridAnswer))]
[JsonSerializable(typeof(GridRow))]
internal sealed partial class GridResourceJson : JsonSerializerContext;
