using Microsoft.Extensions.Time.Testing;

namespace Integration.Testing.Drivers;

/// <summary>
/// A clock that a test moves, and that knows when a loop has gone round: it then waits for its next look. Nothing else that goes
/// by this clock may wait for exactly as long: it would be taken for a look.
/// </summary>
/// <param name="start">The time at first.</param>
/// <param name="look">How long a loop waits between two looks.</param>
public sealed class LookingClock(DateTimeOffset start, TimeSpan look) : FakeTimeProvider(start)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private int _looks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == look)
        {
            Interlocked.Increment(ref _looks);
        }

        return timer;
    }

    /// <summary>Looks of all loops since the start.</summary>
    public int Looks => Volatile.Read(ref _looks);

    /// <summary>Moves on, and waits until as many loops as there are have done what was due.</summary>
    public async Task PassAsync(TimeSpan time, int loops = 1)
    {
        var looks = Volatile.Read(ref _looks);
        Advance(time);
        await LookedAsync(looks + loops);
    }

    /// <summary>Waits for so many looks since the start.</summary>
    public async Task LookedAsync(int looks)
    {
        var since = System.GetTimestamp();
        while (Volatile.Read(ref _looks) < looks)
        {
            if (System.GetElapsedTime(since) > s_patience)
            {
                throw new TimeoutException($"The loop did not go round: {_looks} of {looks} looks.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), System);
        }
    }
}
