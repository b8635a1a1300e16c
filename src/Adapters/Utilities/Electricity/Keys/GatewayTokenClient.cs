using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.Utilities.Electricity.Keys;

/// <summary>Token service of the <c>gateway_*</c> dialect.</summary>
internal interface IGatewayTokenClient
{
    [Post("/gateway/token")]
    Task<GatewayTokenAnswer> GetTokenAsync(
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}

internal sealed record GatewayTokenAnswer(string? Code, JsonElement Data);

internal sealed record GatewayToken(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("expires_in")] string? ExpiresIn
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(GatewayToken);
}
