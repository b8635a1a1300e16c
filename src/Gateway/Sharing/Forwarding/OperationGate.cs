using System.Globalization;
using Integration.Adapters.Ports;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Catalogue;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>
/// What all callers together may ask of one operation, its places shared fairly between them. What costs or consumes least comes first, no request waits, and a refusal
/// gives back what was taken before it. What cannot be counted is refused.
/// </summary>
internal sealed class OperationGate
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    private readonly string _operation;
    private readonly LimitsEntry _limits;
    private readonly IDailyQuotas _quotas;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly PlaceShares? _places;
    private readonly RateAllowance? _rate;

    public OperationGate(string operation, LimitsEntry limits, IDailyQuotas quotas, TimeProvider time)
    {
        (_operation, _limits, _quotas, _time) = (operation, limits, quotas, time);
        _places = limits.AtOnce is { } atOnce ? PlaceShares.Unawaited(atOnce) : null;
        _rate = limits.PerSecond is { } perSecond ? new RateAllowance(perSecond, burst: perSecond, time) : null;
    }

    /// <summary>A place, given back when disposed; or which limit is met.</summary>
    public async ValueTask<OperationPlace> EnterAsync(string caller, CancellationToken cancellationToken)
    {
        if (!TryTake(caller))
        {
            return OperationPlace.None("operation-at-once", Full(Number(_limits.AtOnce, "at once"), s_soon));
        }

        var given = false;
        try
        {
            if (_rate is not null && !_rate.TryTake(out var soon))
            {
                return OperationPlace.None("operation-rate", Full(Number(_limits.PerSecond, "a second"), soon));
            }

            if (_limits.PerDay is { } perDay && await OfTodayAsync(perDay, cancellationToken) is { } refused)
            {
                _rate?.GiveBack();
                return OperationPlace.None("operation-day", refused);
            }

            given = true;
            return OperationPlace.Given(() => GiveBack(caller));
        }
        finally
        {
            if (!given)
            {
                GiveBack(caller);
            }
        }
    }

    private bool TryTake(string caller)
    {
        if (_places is null)
        {
            return true;
        }

        lock (_lock)
        {
            return _places.TryTake(caller);
        }
    }

    private void GiveBack(string caller)
    {
        if (_places is not null)
        {
            lock (_lock)
            {
                _places.GiveBack(caller);
            }
        }
    }

    private async ValueTask<Refusal?> OfTodayAsync(long perDay, CancellationToken cancellationToken) =>
        await _quotas.TakeAsync($"share:{_operation}", perDay, cancellationToken) switch
        {
            DailyTake.Taken => null,
            DailyTake.UsedUp => Refusal.QuotaExhausted(perDay, ChinaTime.UntilTomorrow(_time.GetUtcNow())) with
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
}

/// <summary>A place in an operation's limits, or why there is none.</summary>
internal sealed class OperationPlace : IDisposable
{
    private Action? _giveBack;

    private OperationPlace(Action? giveBack, string limit, Refusal? refusal) =>
        (_giveBack, Limit, Refusal) = (giveBack, limit, refusal);

    /// <summary>Which limit refused, for metrics; empty when none did.</summary>
    public string Limit { get; }

    /// <summary>Null when the place was given.</summary>
    public Refusal? Refusal { get; }

    public static OperationPlace Given(Action giveBack) => new(giveBack, string.Empty, refusal: null);

    public static OperationPlace None(string limit, Refusal refusal) => new(giveBack: null, limit, refusal);

    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
