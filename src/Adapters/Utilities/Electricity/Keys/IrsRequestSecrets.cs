using System.Globalization;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Keys;
using Integration.Adapters.Http.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Electricity.Keys;

/// <summary>
/// The request secret (15 minutes) that calls are signed under. It is renewed under the refresh secret (48 hours), and
/// under the app secret when there is no refresh secret or the system no longer accepts it.
/// </summary>
internal sealed class IrsRequestSecrets
{
    private static readonly AgencyOperation s_byKey = Operation("refreshTokenByKey");
    private static readonly AgencyOperation s_bySecret = Operation("refreshTokenBySec");

    private readonly IIrsSecretClient _client;
    private readonly AgencyCaller _caller;
    private readonly ElectricityOptions _options;
    private readonly TimeProvider _time;
    private readonly string _appSecret;

    /// <summary>Only one fetch is under way at a time, so it needs no lock.</summary>
    private CallKey? _refreshSecret;

    public IrsRequestSecrets(
        IIrsSecretClient client,
        [FromKeyedServices(ElectricityAgency.Keys)] AgencyCaller caller,
        IOptions<ElectricityOptions> options,
        TimeProvider time
    )
    {
        (_client, _caller, _options, _time) = (client, caller, options.Value, time);
        _appSecret = _options.RevealAppSecret();
        Current = new RotatingKey(FetchAsync, time);
    }

    public RotatingKey Current { get; }

    private static AgencyOperation Operation(string name) => new(ElectricityAgency.Name, name, IsIdempotentRead: true);

    private async Task<CallKey> FetchAsync()
    {
        var refresh = _refreshSecret;
        _refreshSecret = null;
        if (refresh is not null && refresh.UsableUntil > _time.GetUtcNow())
        {
            try
            {
                return await FetchAsync(
                    s_bySecret,
                    (call, cancelled) => _client.RefreshBySecretAsync(refresh.Value, call, cancelled)
                );
            }
            catch (AgencyFaultException fault) when (fault.Failure.Side == Ports.FailureSide.Gateway)
            {
                // The refresh secret is no longer accepted: the app secret still is, or says so itself.
            }
        }

        return await FetchAsync(s_byKey, (call, cancelled) => _client.RefreshByKeyAsync(_appSecret, call, cancelled));
    }

    private async Task<CallKey> FetchAsync(
        AgencyOperation operation,
        Func<AgencyCall, CancellationToken, Task<IrsSecretAnswer>> send
    )
    {
        var (refresh, request) = await KeyService.FetchAsync(_caller, operation, _options.Limits, _time, send, Read);
        _refreshSecret = refresh;
        return request;
    }

    private Reading<(CallKey Refresh, CallKey Request)> Read(IrsSecretAnswer answer)
    {
        if (answer.Code != "00")
        {
            return CallFailure.Secret(WireFailure.Bounded(answer.Code));
        }

        if (!WireJson.Read(answer.Datas, ElectricityJson.Default.IrsSecrets).Succeeded(out var secrets, out _))
        {
            return WireFailure.Json;
        }

        return
            Key(secrets.RefreshSecret, secrets.RefreshSecretEndTime) is { } refresh
            && Key(secrets.RequestSecret, secrets.RequestSecretEndTime) is { } request
            ? (refresh, request)
            : WireFailure.Structure("requestSecret");
    }

    private CallKey? Key(string? secret, string? endTime) =>
        secret is not null
        && long.TryParse(endTime, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new CallKey(
                secret,
                KeyService.UsableUntil(
                    DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
                    _options.KeyMargin,
                    _time.GetUtcNow()
                )
            )
            : null;
}
