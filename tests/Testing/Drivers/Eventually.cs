namespace Integration.Testing.Drivers;

/// <summary>Waits, in bounded loops, for what the gateway does by itself.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The first value that fits; fails after 60 s of real time or the patience given, naming what it waited for.</summary>
    public static async Task<T> GetAsync<T>(
        string what,
        Func<Task<T>> read,
        Func<T, bool> fits,
        TimeSpan? patience = null
    )
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (fits(value))
            {
                return value;
            }

            if (TimeProvider.System.GetElapsedTime(since) > (patience ?? s_patience))
            {
                throw new TimeoutException(
                    $"Not within {(patience ?? s_patience).TotalSeconds} s: {what}. Last seen: {value}"
                );
            }

            await Task.Delay(s_pause, TimeProvider.System);
        }
    }
}
