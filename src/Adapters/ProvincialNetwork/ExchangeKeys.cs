using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>The rotating call keys, one per requester and service; see <see cref="RotatingKey"/>.</summary>
internal sealed class ExchangeKeys(
    IExchangeKeyApi api,
    [FromKeyedServices(ExchangePlatform.Agency)] AgencyCaller platform,
    IOptions<ExchangeOptions> options,
    TimeProvider time
)
{
    // Fetching a key twice does no harm: the platform answers the key in force or a newer one.
    private static readonly AgencyOperation s_refresh = new(
        ExchangePlatform.Agency,
        "refreshappsecret",
        IsIdempotentRead: true
    );

    private readonly ConcurrentDictionary<string, RotatingKey> _keys = new(StringComparer.Ordinal);
    private readonly ExchangeOptions _options = options.Value;
    private readonly string _applicationKey = options.Value.RevealApplicationKey();

    public RotatingKey Of(ExchangeService service) =>
        _keys.GetOrAdd(
            service.Code,
            static (code, keys) => new RotatingKey(() => keys.Fetch(new ExchangeService(code)), keys.Clock),
            this
        );

    private TimeProvider Clock { get; } = time;

    private Task<CallKey> Fetch(ExchangeService service) =>
        KeyService.Fetch(
            platform,
            s_refresh,
            _options.Limits,
            Clock,
            (call, cancellationToken) => api.Refresh(_options.RefreshPath, call, service, cancellationToken),
            Read
        );

    private Reading<CallKey> Read(ExchangeKeyAnswer answer)
    {
        if (answer.Code != _options.SuccessCode)
        {
            return answer.Code == _options.NotAuthorisedCode
                ? WireFailure.Credentials(answer.Code)
                : WireFailure.Envelope(answer.Code);
        }

        if (
            answer.Data.ValueKind != JsonValueKind.Object
            || answer.Data.Deserialize(ExchangeJson.Default.ExchangeKeyData) is not { Secret: { } encrypted } data
        )
        {
            return WireFailure.Field("data");
        }

        if (!AppKeyCipher.TryDecrypt(_applicationKey, encrypted, _options.Encryption, out var key))
        {
            return WireFailure.Field("secret");
        }

        return long.TryParse(data.SecretEndTime, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            ? new CallKey(
                key,
                KeyService.UsableUntil(
                    DateTimeOffset.FromUnixTimeMilliseconds(end),
                    _options.RenewBefore,
                    Clock.GetUtcNow()
                )
            )
            : WireFailure.Field("secretEndTime");
    }
}
