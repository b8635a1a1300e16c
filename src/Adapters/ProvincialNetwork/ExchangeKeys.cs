using System.Collections.Concurrent;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>The rotating call keys, one per requester and service; see <see cref="RotatingKey"/>.</summary>
internal sealed class ExchangeKeys(
    IExchangeClient client,
    [FromKeyedServices(ExchangeAgency.Name)] AgencyCaller platform,
    ExchangeReader reader,
    IOptions<ExchangeOptions> options,
    TimeProvider time
)
{
    private readonly ConcurrentDictionary<string, RotatingKey> _keys = new(StringComparer.Ordinal);
    private readonly ExchangeOptions _options = options.Value;

    public RotatingKey For(ExchangeService service) =>
        _keys.GetOrAdd(
            service.Code,
            static (code, keys) => new RotatingKey(() => keys.FetchAsync(new ExchangeService(code)), keys.Clock),
            this
        );

    private TimeProvider Clock { get; } = time;

    private Task<CallKey> FetchAsync(ExchangeService service) =>
        KeyService.FetchAsync(
            platform,
            ExchangeAgency.Refresh,
            _options.Limits,
            Clock,
            (call, cancellationToken) => client.RefreshAsync(_options.RefreshPath, call, service, cancellationToken),
            answer => reader.Key(answer, Clock.GetUtcNow())
        );
}
