using System.Globalization;
using Integration.Benchmarks.Load;

namespace Integration.Benchmarks;

/// <summary>
/// One agency behind six sides in one run: direct, bare YARP, nginx, HAProxy, the sharing plane, and the sharing plane with
/// its evidence thrown away. Rounds are taken in turn, so that a noisy machine hits all sides.
/// </summary>
internal static class ShareBenchmark
{
    private static readonly int[] s_connections = [32, 256];

    public static async Task<int> RunAsync(string[] options)
    {
        var seconds = Option(options, "--seconds", 8);
        var rounds = Option(options, "--rounds", 5);
        var wanted = Text(options, "--sides")?.Split(',');
        var gateway = Text(options, "--gateway") ?? Path.Combine(AppContext.BaseDirectory, "Integration.Gateway.dll");
        await using var stage = await ShareStage.SetAsync(gateway);
        Console.WriteLine(
            "| connections | round | side | requests/s | p50, ms | p99, ms | CPU of that process, µs a request | all answered well |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var connections in s_connections)
        {
            await CompareAsync(stage, connections, rounds, TimeSpan.FromSeconds(seconds), wanted);
        }

        await LargeAsync(stage);
        return 0;
    }

    private static async Task CompareAsync(
        ShareStage stage,
        int connections,
        int rounds,
        TimeSpan duration,
        string[]? wanted
    )
    {
        var sides = stage.Sides.Where(side => wanted?.Contains(side.Name) ?? true).ToList();
        foreach (var side in sides)
        {
            await Wrk.RunAsync(side.Url, side.Script, connections, TimeSpan.FromSeconds(side.WarmUpSeconds));
        }

        var results = sides.ToDictionary(side => side.Name, _ => new List<Wrk>(), StringComparer.Ordinal);
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var side in sides)
            {
                var before = side.Process?.CpuTime;
                var result = await Wrk.RunAsync(side.Url, side.Script, connections, duration);
                if (side.Process?.CpuTime - before is { } spent)
                {
                    result = result with { Cpu = spent.TotalMicroseconds / result.PerSecond / duration.TotalSeconds };
                }

                results[side.Name].Add(result);
                Row(connections, $"{round}", side.Name, result);
            }
        }

        Summarise(connections, results);
    }

    private static void Summarise(int connections, Dictionary<string, List<Wrk>> results)
    {
        if (!results.TryGetValue(ShareStage.BareYarp, out var bare))
        {
            return;
        }

        foreach (var (side, rounds) in results)
        {
            var shares = rounds.Zip(bare, (ours, theirs) => ours.PerSecond / theirs.PerSecond);
            var tails = rounds.Zip(bare, (ours, theirs) => ours.P99 / theirs.P99);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {connections} | **medians** | {side} | {Median(rounds.Select(r => r.PerSecond)):0} = {Median(shares):P0} of bare YARP | {Median(rounds.Select(r => r.P50)):0.00} | {Median(rounds.Select(r => r.P99)):0.00} = {Median(tails):0.00} x bare YARP | {Median(rounds.Select(r => r.Cpu)):0} | {rounds.TrueForAll(r => r.AllWell)} |"
                )
            );
        }
    }

    private static async Task LargeAsync(ShareStage stage)
    {
        Console.WriteLine();
        Console.WriteLine("| one answer of 100 MB | value |");
        Console.WriteLine("|---|---|");
        using var client = Stage.NewClient(stage.Gateway);
        client.Timeout = TimeSpan.FromMinutes(5);
        var before = stage.GatewayProcess.ResidentMegabytes;
        using var request = stage.LargeRequest();
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        var (buffer, left, highest) = (new byte[64 * 1024], 0L, before);
        for (int count; (count = await body.ReadAsync(buffer)) > 0; )
        {
            if ((left / (1024 * 1024)) != ((left + count) / (1024 * 1024)))
            {
                highest = Math.Max(highest, stage.GatewayProcess.ResidentMegabytes);
            }

            left += count;
        }

        Row("left after the filter, MB", left / 1024d / 1024d);
        Row("gateway resident before, MB", before);
        Row("gateway resident at most, MB", highest);
    }

    private static void Row(int connections, string round, string side, Wrk result) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {connections} | {round} | {side} | {result.PerSecond:0} | {result.P50:0.00} | {result.P99:0.00} | {result.Cpu:0} | {result.AllWell} |"
            )
        );

    private static void Row(string what, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {value:0.#} |"));

    private static int Option(string[] options, string name, int otherwise) =>
        Text(options, name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and var at ? options[at + 1] : null;

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
