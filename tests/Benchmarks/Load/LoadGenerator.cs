using System.Collections.Concurrent;
using System.Diagnostics;

namespace Integration.Benchmarks.Load;

/// <summary>Sends requests on loopback, at a fixed rate or as fast as they are answered; always bounded in time.</summary>
internal sealed class LoadGenerator(HttpClient client, Func<int, HttpRequestMessage> request)
{
    /// <summary>
    /// Open loop: starts <paramref name="perSecond"/> requests a second, however slow the answers are, so that a stall shows in
    /// the latencies instead of slowing the load down.
    /// </summary>
    public async Task<Latencies> AtRateAsync(int perSecond, TimeSpan duration)
    {
        var latencies = new ConcurrentQueue<double>();
        var failed = new ConcurrentQueue<string>();
        var clock = Stopwatch.StartNew();
        var total = (int)(perSecond * duration.TotalSeconds);
        var running = new List<Task>(total);
        using var ticker = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var sent = 0; sent < total; )
        {
            await ticker.WaitForNextTickAsync();
            for (var due = (int)(clock.Elapsed.TotalSeconds * perSecond); sent < due && sent < total; sent++)
            {
                running.Add(SendAsync(sent, latencies, failed));
            }
        }

        await Task.WhenAll(running);
        return Latencies.From(latencies, failed.Count, clock.Elapsed);
    }

    /// <summary>Closed loop: <paramref name="connections"/> requests are always under way.</summary>
    public async Task<Latencies> SaturateAsync(int connections, TimeSpan duration)
    {
        var latencies = new ConcurrentQueue<double>();
        var failed = new ConcurrentQueue<string>();
        var clock = Stopwatch.StartNew();
        var next = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(async _ =>
                {
                    while (clock.Elapsed < duration)
                    {
                        await SendAsync(Interlocked.Increment(ref next), latencies, failed);
                    }
                })
        );
        return Latencies.From(latencies, failed.Count, clock.Elapsed);
    }

    private async Task SendAsync(int number, ConcurrentQueue<double> latencies, ConcurrentQueue<string> failed)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var message = request(number);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseContentRead);
            if (response.IsSuccessStatusCode)
            {
                latencies.Enqueue(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            else
            {
                failed.Enqueue($"{(int)response.StatusCode}");
            }
        }
        catch (HttpRequestException e)
        {
            failed.Enqueue(e.HttpRequestError.ToString());
        }
    }
}
