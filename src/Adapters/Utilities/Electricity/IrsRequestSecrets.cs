using System.Globalization;
using System.Text.Json;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Refit;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>Secret service of the IRS dialect.</summary>
internal interface IIrsSecretApi
{
    /// <summary>Signed under the app secret.</summary>
    [Post("/irs/refreshTokenByKey")]
    Task<IrsSecretAnswer> RefreshByKey(
        [Property(IrsSecretSigner.Secret)] string secret,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    /// <summary>Signed under the refresh secret.</summary>
    [Post("/irs/refreshTokenBySec")]
    Task<IrsSecretAnswer> RefreshBySecret(
        [Property(IrsSecretSigner.Secret)] string secret,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}

internal sealed record IrsSecretAnswer(string? Code, JsonElement Datas);

/// <summary>End times in epoch milliseconds, as text or number.</summary>
internal sealed record IrsSecrets(
    string? RefreshSecret,
    string? RefreshSecretEndTime,
    string? RequestSecret,
    string? RequestSecretEndTime
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(IrsSecrets);
}

/// <summary>
/// The request secret (15 minutes) that calls are signed under. It is renewed under the refresh secret (48 hours), and
/// under the app secret when there is no refresh secret or the system no longer accepts it.
/// </summary>
internal sealed class IrsRequestSecrets
{
    private static readonly AgencyOperation s_byKey = Operation("refreshTokenByKey");
    private static readonly AgencyOperation s_bySecret = Operation("refreshTokenBySec");

    private readonly IIrsSecretApi _api;
    private readonly AgencyCaller _caller;
    private readonly ElectricityOptions _options;
    private readonly TimeProvider _time;
    private readonly string _appSecret;

    /// <summary>Only one fetch is under way at a time, so it needs no lock.</summary>
    private CallKey? _refreshSecret;

    public IrsRequestSecrets(
        IIrsSecretApi api,
        [FromKeyedServices(ElectricityMarketing.Keys)] AgencyCaller caller,
        IOptions<ElectricityOptions> options,
        TimeProvider time
    )
    {
        (_api, _caller, _options, _time) = (api, caller, options.Value, time);
        _appSecret = _options.RevealAppSecret();
        Current = new RotatingKey(Fetch, time);
    }

    public RotatingKey Current { get; }

    private static AgencyOperation Operation(string name) =>
        new(ElectricityMarketing.Name, name, IsIdempotentRead: true);

    private async Task<CallKey> Fetch()
    {
        var refresh = _refreshSecret;
        _refreshSecret = null;
        if (refresh is not null && refresh.UsableUntil > _time.GetUtcNow())
        {
            try
            {
                return await Fetch(
                    s_bySecret,
                    (call, cancelled) => _api.RefreshBySecret(refresh.Value, call, cancelled)
                );
            }
            catch (AgencyFaultException fault) when (fault.Failure.Side == Ports.FailureSide.Gateway)
            {
                // The refresh secret is no longer accepted: the app secret still is, or says so itself.
            }
        }

        return await Fetch(s_byKey, (call, cancelled) => _api.RefreshByKey(_appSecret, call, cancelled));
    }

    private async Task<CallKey> Fetch(
        AgencyOperation operation,
        Func<AgencyCall, CancellationToken, Task<IrsSecretAnswer>> send
    )
    {
        var (refresh, request) = await KeyService.Fetch(_caller, operation, _options.Limits, _time, send, Read);
        _refreshSecret = refresh;
        return request;
    }

    private Reading<(CallKey Refresh, CallKey Request)> Read(IrsSecretAnswer answer)
    {
        if (answer.Code != "00")
        {
            return Failures.Secret(WireFailure.Bounded(answer.Code));
        }

        if (
            !WireJson.Read(answer.Datas, ElectricityJson.Default.IrsSecrets).Succeeded(out var secrets, out var failure)
        )
        {
            return failure;
        }

        return
            Key(secrets.RefreshSecret, secrets.RefreshSecretEndTime) is { } refresh
            && Key(secrets.RequestSecret, secrets.RequestSecretEndTime) is { } request
            ? (refresh, request)
            : WireFailure.Field("requestSecret");
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

/// <summary>Signs secret requests under the secret that the request names.</summary>
internal sealed class IrsSecretSigner(IOptions<ElectricityOptions> options, TimeProvider time) : IDialectSigner
{
    /// <summary>Request option that holds the secret to sign under.</summary>
    public const string Secret = "integration.irs.secret";

    private static readonly HttpRequestOptionsKey<string> s_secret = new(Secret);

    public ValueTask Sign(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var secret = request.Options.TryGetValue(s_secret, out var named)
            ? named
            : throw new InvalidOperationException("An IRS secret request names no secret to sign under.");
        IrsSigner.Sign(request, secret, options.Value.AppId, time);
        return ValueTask.CompletedTask;
    }
}
