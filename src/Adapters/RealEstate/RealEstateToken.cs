using Integration.Adapters.Http;
using Integration.Adapters.Http.Keys;
using Integration.Adapters.Http.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.RealEstate;

/// <summary>The token that queries carry, fetched when needed and kept while it lasts.</summary>
internal sealed class RealEstateToken
{
    /// <summary>The token service has a caller of its own: a query that waits for a token holds a place already.</summary>
    public const string Service = $"{RealEstateAgency.Name}-token";

    private static readonly AgencyOperation s_fetch = new(RealEstateAgency.Name, "token", IsIdempotentRead: true);

    private readonly IRealEstateTokenClient _client;
    private readonly AgencyCaller _caller;
    private readonly RealEstateOptions _options;
    private readonly TimeProvider _time;
    private readonly TokenRequest _request;

    public RealEstateToken(
        IRealEstateTokenClient client,
        [FromKeyedServices(Service)] AgencyCaller caller,
        IOptions<RealEstateOptions> options,
        TimeProvider time
    )
    {
        (_client, _caller, _options, _time) = (client, caller, options.Value, time);
        _request = new TokenRequest(_options.UserName, _options.RevealPassword());
        Current = new RotatingKey(FetchAsync, time);
    }

    public RotatingKey Current { get; }

    private Task<CallKey> FetchAsync() =>
        KeyService.FetchAsync(
            _caller,
            s_fetch,
            _options.Limits,
            _time,
            (call, cancellationToken) => _client.GetTokenAsync(_request, call, cancellationToken),
            Read
        );

    private Reading<CallKey> Read(TokenAnswer answer)
    {
        if (answer.Code != "0")
        {
            return CallFailure.Secret(WireFailure.Bounded(answer.Code));
        }

        if (!WireJson.Read(answer.Data, RealEstateJson.Default.IssuedToken).Succeeded(out var issued, out _))
        {
            return WireFailure.Json;
        }

        if (issued is { Token: null } or { Expires: <= 0 })
        {
            return WireFailure.Structure(issued.Token is null ? "token" : "expires");
        }

        var life = issued.Expires is { } seconds ? TimeSpan.FromSeconds(seconds) : _options.TokenLife;
        var now = _time.GetUtcNow();
        var end = now + (life < _options.TokenLife ? life : _options.TokenLife);
        return new CallKey(issued.Token, KeyService.UsableUntil(end, _options.TokenMargin, now));
    }
}
