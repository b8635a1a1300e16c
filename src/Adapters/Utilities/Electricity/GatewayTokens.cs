using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Refit;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>Token service of the <c>gateway_*</c> dialect.</summary>
internal interface IGatewayTokenApi
{
    [Post("/gateway/token")]
    Task<GatewayTokenAnswer> Token([Property(AgencyCall.Option)] AgencyCall call, CancellationToken cancellationToken);
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

/// <summary>The token that calls are signed under; it comes encrypted under the app key.</summary>
internal sealed class GatewayTokens
{
    private static readonly AgencyOperation s_fetch = new(ElectricityMarketing.Name, "token", IsIdempotentRead: true);

    private readonly ElectricityOptions _options;
    private readonly TimeProvider _time;
    private readonly string _appKey;

    public GatewayTokens(
        IGatewayTokenApi api,
        [FromKeyedServices(ElectricityMarketing.Keys)] AgencyCaller caller,
        IOptions<ElectricityOptions> options,
        TimeProvider time
    )
    {
        (_options, _time, _appKey) = (options.Value, time, options.Value.RevealAppSecret());
        Current = new RotatingKey(
            () => KeyService.Fetch(caller, s_fetch, _options.Limits, time, api.Token, Read),
            time
        );
    }

    public RotatingKey Current { get; }

    private Reading<CallKey> Read(GatewayTokenAnswer answer)
    {
        if (answer.Code != "0")
        {
            return Failures.Secret(WireFailure.Bounded(answer.Code));
        }

        if (!WireJson.Read(answer.Data, ElectricityJson.Default.GatewayToken).Succeeded(out var token, out var failure))
        {
            return failure;
        }

        if (WireNumber.ParseAmount(token.ExpiresIn) is not (> 0 and <= int.MaxValue and var seconds))
        {
            return WireFailure.Field("expires_in");
        }

        if (
            token.AccessToken is not { } encrypted
            || !AppKeyCipher.TryDecrypt(_appKey, encrypted, KeyEncryption.Ecb, out var key)
        )
        {
            return WireFailure.Field("access_token");
        }

        var now = _time.GetUtcNow();
        return new CallKey(
            key,
            KeyService.UsableUntil(now + TimeSpan.FromSeconds((double)seconds), _options.KeyMargin, now)
        );
    }
}

/// <summary>Signs token requests under the app key.</summary>
internal sealed class GatewayTokenSigner(IOptions<ElectricityOptions> options, TimeProvider time) : IDialectSigner
{
    private readonly string _appKey = options.Value.RevealAppSecret();

    public ValueTask Sign(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        GatewaySigner.Sign(request, _appKey, options.Value.AppId, time);
        return ValueTask.CompletedTask;
    }
}
