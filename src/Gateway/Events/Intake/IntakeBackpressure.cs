using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Intake;

/// <summary>
/// Whether deliveries come in faster than this node answers them. Then the worker starts nothing new: a sender waits for its receipt,
/// acceptance has two hours. It never stands back for longer than <see cref="Longest"/>.
/// </summary>
internal sealed class IntakeBackpressure(IOptions<EventOptions> options, WorkSignal<EventRow> signal, TimeProvider time)
{
    /// <summary>Five minutes: a small part of the 120 that acceptance has, and long enough for any burst of a day.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly int _from = options.Value.Processing.StandBackFrom;
    private int _inFlight;
    private DateTimeOffset? _since;

    /// <summary>A delivery is being answered until the returned value is disposed.</summary>
    public Delivery Enter()
    {
        Interlocked.Increment(ref _inFlight);
        return new Delivery(this);
    }

    /// <summary>For the worker only: whether it waits for now.</summary>
    public bool IsOn()
    {
        if (Volatile.Read(ref _inFlight) < _from)
        {
            _since = null;
            return false;
        }

        var now = time.GetUtcNow();
        return now - (_since ??= now) < Longest;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _inFlight) == _from - 1)
        {
            signal.Raise();
        }
    }

    /// <summary>One delivery in flight.</summary>
    public readonly struct Delivery(IntakeBackpressure backpressure) : IDisposable
    {
        public void Dispose() => backpressure.Leave();
    }
}
