namespace Integration.Testing.Databases;

/// <summary>The clock of a machine that goes wrong: real time and a lead that a test may change.</summary>
public sealed class SkewedClock(TimeSpan lead) : TimeProvider
{
    private long _lead = lead.Ticks;
    private int _looks;

    /// <summary>How far it is ahead of the real time; negative: behind.</summary>
    public TimeSpan Lead
    {
        get => new(Interlocked.Read(ref _lead));
        set => Interlocked.Exchange(ref _lead, value.Ticks);
    }

    /// <summary>Waits of a second or less that were begun: the engine of timers looks that often.</summary>
    public int Looks => Volatile.Read(ref _looks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Lead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero && dueTime <= TimeSpan.FromSeconds(1))
        {
            Interlocked.Increment(ref _looks);
        }

        return base.CreateTimer(callback, state, dueTime, period);
    }
}
