using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.Municipal;

internal sealed record CatchUpRequest(
    string Source,
    string? Uscc,
    string? UnitNumber,
    string? CertificateNumber,
    long? AfterSequence,
    DateTimeOffset? Since,
    string? Cursor
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(CatchUpRequest);
}

/// <summary><c>Messages</c> stays raw: on failure the system may put anything there.</summary>
internal sealed record CatchUpAnswer(string? Code, JsonElement Messages, string? Next)
{
    /// <inheritdoc />
    public override string ToString() => nameof(CatchUpAnswer);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireTextConverter)]
)]
[JsonSerializable(typeof(CatchUpRequest))]
[JsonSerializable(typeof(CatchUpAnswer))]
internal sealed partial class MunicipalJson : JsonSerializerContext;
