using Integration.Adapters.Http;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Keys;
using Integration.Adapters.Http.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Electricity.Keys;

/// <summary>The token that calls are signed under; it comes encrypted under the app key.</summary>
internal sealed class GatewayTokens
{
    private static readonly AgencyOperation s_fetch = new(ElectricityAgency.Name, "token", IsIdempotentRead: true);

    private readonly ElectricityOptions _options;
    private readonly TimeProvider _time;
    private readonly string _appKey;

    public GatewayTokens(
        IGatewayTokenClient client,
        [FromKeyedServices(ElectricityAgency.Keys)] AgencyCaller caller,
        IOptions<ElectricityOptions> options,
        TimeProvider time
    )
    {
        (_options, _time, _appKey) = (options.Value, time, options.Value.RevealAppSecret());
        Current = new RotatingKey(
            () => KeyService.FetchAsync(caller, s_fetch, _options.Limits, time, client.GetTokenAsync, Read),
            time
        );
    }

    public RotatingKey Current { get; }

    private Reading<CallKey> Read(GatewayTokenAnswer answer)
    {
        if (answer.Code != "0")
        {
            return CallFailure.Secret(WireFailure.Bounded(answer.Code));
        }

        if (!WireJson.Read(answer.Data, ElectricityJson.Default.GatewayToken).Succeeded(out var token, out _))
        {
            return WireFailure.Json;
        }

        if (WireNumber.ParseAmount(token.ExpiresIn) is not (> 0 and <= int.MaxValue and var seconds))
        {
            return WireFailure.Structure("expires_in");
        }

        if (
            token.AccessToken is not { } encrypted
            || !AppKeyCipher.TryDecrypt(_appKey, encrypted, KeyEncryption.Ecb, out var key)
        )
        {
            return WireFailure.Structure("access_token");
        }

        var now = _time.GetUtcNow();
        return new CallKey(
            key,
            KeyService.UsableUntil(now + TimeSpan.FromSeconds((double)seconds), _options.KeyMargin, now)
        );
    }
}
