using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>
/// Which addresses of an agency are left alone, and for how long: one that failed at half of its last 10 or more answers within 30 s rests
/// for the longer of <see cref="SharingOptions.RestSeconds"/> and what the agency asked for (<c>Retry-After</c>). After that one answer
/// decides: a good one and it counts from zero, a bad one and it rests again. The forwarder's own policy keeps the failures of before the
/// rest in its window, so that no rest is shorter than the window.
/// </summary>
internal sealed class RestingAddresses(
    IDestinationHealthUpdater health,
    IOptions<SharingOptions> options,
    TimeProvider time
) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "RestingAddresses";

    // As the circuit breaker of the adapters' own questions by default.
    private const int Fewest = 10;
    private const double Ratio = 0.5;
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(30);

    private readonly ConditionalWeakTable<DestinationState, Recent> _recent = [];

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (destination.Health.Passive == DestinationHealth.Unhealthy)
        {
            return; // sent before the rest began: it says nothing new
        }

        var call = context.GetShareCall();
        var now = time.GetUtcNow();
        var recent = _recent.GetValue(destination, static _ => new Recent());
        if (recent.Add(ForwarderFailure.ShowsIllness(context, call), call.PausesUntil, now) is { } pausesUntil)
        {
            var rest = TimeSpan.FromSeconds(options.Value.RestSeconds);
            var pause = pausesUntil - now;
            rest = pause > rest ? pause : rest;
            recent.RestsUntil = now + rest;
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, rest);
        }
        else
        {
            health.SetPassive(cluster, destination, DestinationHealth.Healthy, TimeSpan.Zero);
        }
    }

    /// <summary>When the first of an agency's addresses ends its rest; null: none rests, probes have put them out.</summary>
    public TimeSpan? ShortestRest(ClusterState cluster)
    {
        var now = time.GetUtcNow();
        return cluster
            .Destinations.Values.Select(destination =>
                _recent.TryGetValue(destination, out var recent) ? recent.RestsUntil - now : null
            )
            .Where(rest => rest > TimeSpan.Zero)
            .Min();
    }

    /// <summary>The answers of one address within the window.</summary>
    private sealed class Recent
    {
        private readonly Lock _lock = new();
        private readonly Queue<(DateTimeOffset At, bool IsBad)> _answers = new();
        private int _bad;
        private bool _isOnTrial;
        private DateTimeOffset _pausesUntil = DateTimeOffset.MinValue;
        private long _restsUntil;

        /// <summary>When its last rest ends or ended; null: it never rested.</summary>
        public DateTimeOffset? RestsUntil
        {
            get =>
                Volatile.Read(ref _restsUntil) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
            set => Volatile.Write(ref _restsUntil, value?.UtcTicks ?? 0);
        }

        /// <summary>Counts an answer.</summary>
        /// <returns>Null: the address goes on. Otherwise it rests, at least to this moment.</returns>
        public DateTimeOffset? Add(bool isBad, DateTimeOffset? pausesUntil, DateTimeOffset now)
        {
            lock (_lock)
            {
                if (pausesUntil > _pausesUntil)
                {
                    _pausesUntil = pausesUntil.Value;
                }

                Count(isBad, now);
                if (!(_isOnTrial ? isBad : _answers.Count >= Fewest && _bad >= _answers.Count * Ratio))
                {
                    _isOnTrial = false;
                    return null;
                }

                (_isOnTrial, _bad) = (true, 0);
                _answers.Clear();
                return _pausesUntil;
            }
        }

        private void Count(bool isBad, DateTimeOffset now)
        {
            _answers.Enqueue((now, isBad));
            _bad += isBad ? 1 : 0;
            while (_answers.TryPeek(out var oldest) && now - oldest.At > s_window)
            {
                _answers.Dequeue();
                _bad -= oldest.IsBad ? 1 : 0;
            }
        }
    }
}
