using System.Globalization;
using System.Threading.RateLimiting;
using Integration.Adapters.Ports;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Catalogue;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>
/// What all callers together may ask of one operation. What costs or consumes least comes first, nobody waits, and a refusal
/// gives back what was taken before it. What cannot be counted is refused.
/// </summary>
internal sealed class OperationGate
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    private readonly string _operation;
    private readonly LimitsEntry _limits;
    private readonly IDailyQuotas _quotas;
    private readonly TimeProvider _time;
    private readonly ConcurrencyLimiter? _places;
    private readonly RateAllowance? _rate;

    public OperationGate(string operation, LimitsEntry limits, IDailyQuotas quotas, TimeProvider time)
    {
        (_operation, _limits, _quotas, _time) = (operation, limits, quotas, time);
        _places = limits.AtOnce is { } atOnce ? new(new() { PermitLimit = atOnce, QueueLimit = 0 }) : null;
        _rate = limits.PerSecond is { } perSecond ? new RateAllowance(perSecond, burst: perSecond, time) : null;
    }

    /// <summary>A place, given back when disposed; or which limit is met.</summary>
    public async ValueTask<OperationPlace> Enter(CancellationToken cancellationToken)
    {
        var place = _places?.AttemptAcquire();
        if (place is { IsAcquired: false })
        {
            place.Dispose();
            return OperationPlace.None("operation-at-once", Full(Number(_limits.AtOnce, "at once"), s_soon));
        }

        var given = false;
        try
        {
            if (_rate is not null && !_rate.TryTake(out var soon))
            {
                return OperationPlace.None("operation-rate", Full(Number(_limits.PerSecond, "a second"), soon));
            }

            if (_limits.PerDay is { } perDay && await OfToday(perDay, cancellationToken) is { } refused)
            {
                _rate?.GiveBack();
                return OperationPlace.None("operation-day", refused);
            }

            given = true;
            return OperationPlace.Given(place);
        }
        finally
        {
            if (!given)
            {
                place?.Dispose();
            }
        }
    }

    private async ValueTask<Refusal?> OfToday(long perDay, CancellationToken cancellationToken) =>
        await _quotas.Take($"share:{_operation}", perDay, cancellationToken) switch
        {
            DailyTake.Taken => null,
            DailyTake.UsedUp => Refusal.QuotaExhausted(perDay, UntilTomorrow()) with
            {
                Detail = Met(Number(perDay, "a day (UTC+8)")),
                Party = "gateway",
            },
            _ => Refusal.Unavailable,
        };

    private Refusal Full(string limit, TimeSpan retryAfter) =>
        Refusal.TooManyRequests with
        {
            Detail = Met(limit),
            Party = "gateway",
            RetryAfter = retryAfter,
        };

    private string Met(string limit) =>
        $"All callers together may ask {_operation} {limit}. Nothing was done. Send it again after the time in Retry-After; ask the gateway's operators if the limit is too low.";

    private static string Number(long? number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} times {unit}");

    private TimeSpan UntilTomorrow() => TimeSpan.FromDays(1) - ChinaTime.In(_time.GetUtcNow()).TimeOfDay;
}

/// <summary>A place in an operation's limits, or why there is none.</summary>
internal sealed class OperationPlace : IDisposable
{
    private readonly RateLimitLease? _lease;

    private OperationPlace(RateLimitLease? lease, string limit, Refusal? refusal) =>
        (_lease, Limit, Refusal) = (lease, limit, refusal);

    /// <summary>Which limit refused, for metrics; empty when none did.</summary>
    public string Limit { get; }

    /// <summary>Null when the place was given.</summary>
    public Refusal? Refusal { get; }

    public static OperationPlace Given(RateLimitLease? lease) => new(lease, string.Empty, refusal: null);

    public static OperationPlace None(string limit, Refusal refusal) => new(lease: null, limit, refusal);

    public void Dispose() => _lease?.Dispose();
}
