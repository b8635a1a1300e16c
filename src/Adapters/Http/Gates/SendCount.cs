using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Gates;

/// <summary>Counts what leaves for an agency: by the second in memory, by the day over all nodes.</summary>
internal sealed class SendCount(string name, AgencyLimits limits, IDailyQuotas quotas, TimeProvider time)
{
    private static readonly TimeSpan s_china = TimeSpan.FromHours(8);
    private static readonly TimeSpan s_countAgain = TimeSpan.FromSeconds(5);

    private readonly RateAllowance? _rate = limits.PerSecond is { } perSecond
        ? new RateAllowance(perSecond, limits.Burst ?? perSecond, time)
        : null;

    public RateUse? Rate => _rate is null ? null : new RateUse(_rate.PerSecond, _rate.Burst, _rate.Left);

    public DayUse? Day => limits.PerDay is { } perDay ? new DayUse(perDay, quotas.Left(name, perDay)) : null;

    /// <summary>Null when one more may leave; otherwise nothing was taken.</summary>
    public async ValueTask<(AgencyFailure Failure, TimeSpan RetryAfter)?> TakeAsync(CancellationToken cancellationToken)
    {
        if (_rate is not null && !_rate.TryTake(out var soon))
        {
            return (Failure("rate"), soon);
        }

        if (limits.PerDay is not { } perDay)
        {
            return null;
        }

        var taken = false;
        try
        {
            var answer = await quotas.TakeAsync(name, perDay, cancellationToken);
            taken = answer == DailyTake.Taken;
            return answer switch
            {
                DailyTake.Taken => null,
                DailyTake.UsedUp => (Failure("day-used-up"), UntilTomorrow()),
                _ => (Failure("day-not-counted"), s_countAgain),
            };
        }
        finally
        {
            if (!taken)
            {
                _rate?.GiveBack();
            }
        }
    }

    private static AgencyFailure Failure(string code) => new(FailureStage.Bulkhead, FailureSide.Gateway, code);

    private TimeSpan UntilTomorrow()
    {
        var now = time.GetUtcNow().ToOffset(s_china);
        return TimeSpan.FromDays(1) - now.TimeOfDay;
    }
}
