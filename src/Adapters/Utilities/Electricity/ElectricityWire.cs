using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Refit;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>The marketing system's pre-check.</summary>
internal interface IElectricityApi
{
    [Post("/precheck")]
    Task<AccountAnswer> PreCheck(
        [Body] AccountRequest request,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}

/// <summary>Asks for one account: arrears wanted (sfcxqf 1), power (ywlx 2), check (jklx hy).</summary>
internal sealed record AccountRequest(string Consno, string Sfcxqf = "1", string Ywlx = "2", string Jklx = "hy")
{
    /// <inheritdoc />
    public override string ToString() => nameof(AccountRequest);
}

/// <summary><c>Data</c> stays raw: null means unknown, missing means malformed.</summary>
internal sealed record AccountAnswer(string? Code, JsonElement Data);

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
    Converters = [typeof(WireTextConverter)]
)]
[JsonSerializable(typeof(AccountRequest))]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(AccountRow))]
[JsonSerializable(typeof(GatewayTokenAnswer))]
[JsonSerializable(typeof(GatewayToken))]
[JsonSerializable(typeof(IrsSecretAnswer))]
[JsonSerializable(typeof(IrsSecrets))]
internal sealed partial class ElectricityJson : JsonSerializerContext;
