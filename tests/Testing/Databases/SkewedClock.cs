namespace Integration.Testing.Databases;

/// <summary>The clock of a machine that goes wrong: real time and a lead that a test may change.</summary>
public sealed class SkewedClock(TimeSpan lead) : TimeProvider
{
    private long _lead = lead.Ticks;

    /// <summary>How far it is ahead of the real time; negative: behind.</summary>
    public TimeSpan Lead
    {
        get => new(Interlocked.Read(ref _lead));
        set => Interlocked.Exchange(ref _lead, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Lead;
}
