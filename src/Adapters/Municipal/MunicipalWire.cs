using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Refit;

namespace Integration.Adapters.Municipal;

/// <summary>The catch-up service.</summary>
internal interface IMunicipalApi
{
    [Post("/api/events/catch-up")]
    Task<CatchUpAnswer> CatchUp(
        [Body] CatchUpRequest request,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}

internal sealed record CatchUpRequest(
    string Source,
    string? Uscc,
    long? AfterSequence,
    DateTimeOffset? Since,
    string? Cursor
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(CatchUpRequest);
}

/// <summary><c>Messages</c> stays raw: on failure it is whatever the system likes.</summary>
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
