using Microsoft.Extensions.Time.Testing;

namespace Integration.Testing.Drivers;

/// <summary>A clock that the test moves, while something else is under way that waits for it.</summary>
public static class MovedClock
{
    /// <summary>Real work between the steps gets real time.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Moves the clock in small steps until a call has ended, and returns what came of it.</summary>
    /// <param name="clock">The clock of the gateway.</param>
    /// <param name="call">What is under way.</param>
    /// <param name="step">How far it goes on for every 20 ms of real time.</param>
    public static async Task<T> WhileAsync<T>(this FakeTimeProvider clock, Task<T> call, TimeSpan step)
    {
        while (!call.IsCompleted)
        {
            clock.Advance(step);
            await Task.WhenAny(call, Task.Delay(s_pause, TimeProvider.System));
        }

        return await call;
    }

    /// <summary>Waits for what the gateway does by itself; the clock goes on by a step before each look.</summary>
    public static Task<T> GetAsync<T>(
        this FakeTimeProvider clock,
        TimeSpan step,
        string what,
        Func<Task<T>> read,
        Func<T, bool> fits
    ) =>
        Eventually.GetAsync(
            what,
            () =>
            {
                clock.Advance(step);
                return read();
            },
            fits
        );
}
