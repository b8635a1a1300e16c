using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Integration.Adapters.Ports;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Limits;

/// <summary>What one client may send, with what is used of it on this node.</summary>
internal sealed class CallerGate
{
    private const int LongestName = 128;
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    private readonly RateAllowance _rate;
    private readonly ConcurrencyLimiter _places;
    private readonly int _atOnce;

    public CallerGate(string client, ClientLimits limits, LimitOptions defaults, TimeProvider time)
    {
        Limits = limits;
        var perSecond = limits.PerSecond ?? defaults.CallerPerSecond;
        _atOnce = limits.AtOnce ?? defaults.CallerAtOnce;
        _rate = new RateAllowance(perSecond, limits.Burst ?? Math.Max(perSecond, defaults.CallerBurst), time);
        _places = new ConcurrencyLimiter(new() { PermitLimit = _atOnce, QueueLimit = 0 });
        PerDay = limits.PerDay ?? defaults.CallerPerDay;
        DayName =
            $"caller:{(client.Length <= LongestName ? client : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(client))))}";
    }

    /// <summary>What the callers file says.</summary>
    public ClientLimits Limits { get; }

    public long? PerDay { get; }

    /// <summary>Under which name its days are counted.</summary>
    public string DayName { get; }

    /// <summary>One of the places; null when all are taken.</summary>
    public RateLimitLease? TakePlace()
    {
        var lease = _places.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }

    public Refusal NoPlace() => Refusal.OverLimit(Text($"{_atOnce} requests at once"), s_soon);

    /// <summary>Null when it may be sent now.</summary>
    public Refusal? CountSecond() =>
        _rate.TryTake(out var soon) ? null : Refusal.OverLimit(Text($"{_rate.PerSecond} requests a second"), soon);

    /// <summary>Nothing was done after all.</summary>
    public void GiveSecondBack() => _rate.GiveBack();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
