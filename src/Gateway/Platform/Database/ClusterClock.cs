namespace Integration.Gateway.Platform.Database;

/// <summary>
/// The time of the gateway, the same on all its nodes: that of the database. The gateway asks this <see cref="TimeProvider"/> for
/// everything: leases, claims, timers, tokens, a day's numbers. On SQLite, where one node is alone, it is
/// the node's own clock.
/// <code>
/// node's clock agrees ──▶ node's clock        node's clock differs ──▶ last reading + time passed since (monotonic)
/// </code>
/// A clock that is set while the gateway runs therefore changes nothing, not even until the next reading.
/// </summary>
/// <param name="node">The clock of this machine.</param>
internal sealed class ClusterClock([FromKeyedServices(ClusterClock.Node)] TimeProvider node) : TimeProvider
{
    /// <summary>Key of the service that is the clock of this machine.</summary>
    public const string Node = "node";

    /// <summary>
    /// By how much the clock of a node may differ: 30 s. A node that is further off is unready and takes no work: what asks the machine
    /// itself (TLS, the operating system, its logs) is wrong there, and its operators have to know.
    /// </summary>
    public static readonly TimeSpan Allowed = TimeSpan.FromSeconds(30);

    /// <summary>A node's clock that differs by less is good enough as it is: it then runs without the steps of a correction.</summary>
    private static readonly TimeSpan s_agrees = TimeSpan.FromMilliseconds(250);

    /// <summary>A node that was corrected is corrected until it agrees so well, so that it does not go to and fro.</summary>
    private static readonly TimeSpan s_agreesAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>More than a clock can drift away between two readings: it was set.</summary>
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);

    private Reading? _reading;

    public override TimeZoneInfo LocalTimeZone => node.LocalTimeZone;

    public override long TimestampFrequency => node.TimestampFrequency;

    /// <summary>By how much the node's clock is ahead of the database's; zero while there is no reading.</summary>
    public TimeSpan Lead => Volatile.Read(ref _reading) is { } reading ? LeadOver(reading) : TimeSpan.Zero;

    /// <summary>Whether the node's clock is too far off for the node to take work.</summary>
    public bool IsAstray => Lead.Duration() > Allowed;

    public override DateTimeOffset GetUtcNow()
    {
        var own = node.GetUtcNow();
        if (Volatile.Read(ref _reading) is not { } reading)
        {
            return own;
        }

        var shared = Shared(reading);
        return !reading.Corrects && (own - shared).Duration() < s_step ? own : shared;
    }

    public override long GetTimestamp() => node.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        node.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes a reading of the database's clock.</summary>
    /// <param name="at">What it said.</param>
    /// <param name="timestamp">The node's <see cref="GetTimestamp"/> at the middle of question and answer.</param>
    /// <param name="uncertainty">Half of the time that question and answer took.</param>
    public void Take(DateTimeOffset at, long timestamp, TimeSpan uncertainty)
    {
        var before = Volatile.Read(ref _reading);
        var reading = new Reading(at, timestamp, Corrects: false);
        var isConsistent = before is not null && (Shared(before) - Shared(reading)).Duration() <= uncertainty;
        reading = isConsistent ? before! : reading; // what a reading is unsure of does not make the time jump
        var agrees = before is { Corrects: true } ? s_agreesAgain : s_agrees;
        var corrects = LeadOver(reading).Duration() > agrees + uncertainty;
        Volatile.Write(ref _reading, reading with { Corrects = corrects });
    }

    private TimeSpan LeadOver(Reading reading) => node.GetUtcNow() - Shared(reading);

    private DateTimeOffset Shared(Reading reading) => reading.At + node.GetElapsedTime(reading.Timestamp);

    /// <summary>One reading.</summary>
    /// <param name="At">What the database's clock said.</param>
    /// <param name="Timestamp">When, by the node's monotonic clock.</param>
    /// <param name="Corrects">Whether the node's clock differs by so much that the database's is told instead.</param>
    private sealed record Reading(DateTimeOffset At, long Timestamp, bool Corrects);
}
