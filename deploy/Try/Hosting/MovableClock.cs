using System.Globalization;

namespace Integration.Try.Hosting;

/// <summary>
/// The system's clock, some way ahead. Only the time of day is moved: time-outs and pauses last as long as ever, so that no call under
/// way is cut off by a move. How far it is ahead is kept in a file, because what was written at a moved time must not lie in the future
/// of the next start.
/// </summary>
internal sealed class MovableClock : TimeProvider
{
    private readonly string _file;
    private long _aheadTicks;

    public MovableClock(string file)
    {
        _file = file;
        _aheadTicks = File.Exists(file)
            ? TimeSpan.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture).Ticks
            : 0;
    }

    public override DateTimeOffset GetUtcNow() =>
        System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _aheadTicks));

    /// <summary>Puts the clock forward for good.</summary>
    public void Move(TimeSpan by)
    {
        var ahead = TimeSpan.FromTicks(Interlocked.Add(ref _aheadTicks, by.Ticks));
        File.WriteAllText(_file, ahead.ToString("c", CultureInfo.InvariantCulture));
    }
}
