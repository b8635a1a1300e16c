using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Notices;

/// <summary>
/// A clock that a test moves, and that knows when the sender has nothing more to do: it then waits a second for the next look.
/// Nothing else in the host may wait for exactly a second: it would be taken for a look.
/// </summary>
internal sealed class LookingClock : FakeTimeProvider
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private int _looks;

    public LookingClock()
        : base(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8))) { }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == s_look)
        {
            Interlocked.Increment(ref _looks);
        }

        return timer;
    }

    /// <summary>Looks of all lines since the start.</summary>
    public int Looks => Volatile.Read(ref _looks);

    /// <summary>Moves on, and waits until as many lines as there are have done what was due.</summary>
    public async Task Pass(TimeSpan time, int lines = 1)
    {
        var looks = Volatile.Read(ref _looks);
        Advance(time);
        await Looked(looks + lines);
    }

    /// <summary>Waits for so many looks since the start.</summary>
    public async Task Looked(int looks)
    {
        var since = System.GetTimestamp();
        while (Volatile.Read(ref _looks) < looks)
        {
            if (System.GetElapsedTime(since) > s_patience)
            {
                throw new TimeoutException($"The sender did not come to an end: {_looks} of {looks} looks.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), System);
        }
    }
}
