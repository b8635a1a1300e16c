using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>Answer of a refresh.</summary>
internal sealed record ExchangeKeyAnswer
{
    /// <summary>Text or number.</summary>
    [JsonConverter(typeof(WireTextConverter))]
    public string? Code { get; init; }

    /// <summary>An object on success, an empty text on failure.</summary>
    public JsonElement Data { get; init; }
}

/// <summary>The call key as handed out.</summary>
internal sealed record ExchangeKeyData
{
    /// <summary>Base64 of the encrypted key.</summary>
    public string? Secret { get; init; }

    /// <summary>Epoch milliseconds, text or number.</summary>
    [JsonConverter(typeof(WireTextConverter))]
    public string? SecretEndTime { get; init; }
}

/// <summary>The successor platform's envelope.</summary>
internal sealed record SuccessorAnswer
{
    [JsonConverter(typeof(WireTextConverter))]
    public string? Code { get; init; }

    [JsonConverter(typeof(WireTextConverter))]
    public string? Message { get; init; }

    public JsonElement Data { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth
)]
[JsonSerializable(typeof(ExchangeKeyAnswer))]
[JsonSerializable(typeof(ExchangeKeyData))]
[JsonSerializable(typeof(SuccessorAnswer))]
internal sealed partial class ExchangeJson : JsonSerializerContext;
