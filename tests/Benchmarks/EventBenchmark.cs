using System.Diagnostics;
using System.Globalization;
using Integration.Benchmarks.Load;

namespace Integration.Benchmarks;

/// <summary>
/// Acknowledged signed events beside raw committed inserts of the same size into the same database, rounds in turn; a burst
/// of 10,000 events until it is drained; and 100,000 open cases.
/// </summary>
internal static class EventBenchmark
{
    private const int Connections = 64;
    private const int DefaultBurst = 10_000;

    public static async Task<int> RunAsync(string[] options)
    {
        var seconds = Option(options, "--seconds", 4);
        var rounds = Option(options, "--rounds", 3);
        var cases = Option(options, "--cases", 100_000);
        var burst = Option(options, "--burst", DefaultBurst);
        var gateway = Text(options, "--gateway") ?? Path.Combine(AppContext.BaseDirectory, "Integration.Gateway.dll");
        Console.WriteLine("| engine | measure | what | value |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var engine in (Text(options, "--engines") ?? "sqlite,postgresql").Split(','))
        {
            await IntakeAsync(engine, gateway, rounds, TimeSpan.FromSeconds(seconds), burst);
            if (cases > 0)
            {
                await OpenCases.MeasureAsync(engine, gateway, cases);
            }
        }

        return 0;
    }

    private static async Task IntakeAsync(string engine, string gateway, int rounds, TimeSpan round, int size)
    {
        var perRound = (int)(round.TotalSeconds * 5000);
        await using var stage = await EventStage.SetAsync(engine, gateway, (perRound * (rounds + 1)) + size);
        var writers = engine == "sqlite" ? 1 : 16;
        var (raw, acknowledged) = (new List<double>(), new List<double>());
        for (var i = 0; i <= rounds; i++)
        {
            var (script, bytes) = await stage.SignedAsync(perRound);
            var inserts = await stage.Database.RawInsertsAsync((int)bytes, writers, round);
            var before = await ReceivedAsync(stage);
            var sent = await Wrk.RunAsync(new Uri(stage.Gateway, "v1/events"), script, Connections, round);
            var events = (await ReceivedAsync(stage) - before) / round.TotalSeconds;
            var label = i == 0 ? "warm-up" : $"round {i}";
            Row(engine, label, $"raw committed inserts/s, {writers} writer(s), {bytes:0} bytes", inserts);
            Row(engine, label, "acknowledged signed events/s", events);
            Row(engine, label, "p99, ms", sent.P99);
            Row(engine, label, "all answered well (1 = yes)", sent.AllWell ? 1 : 0);
            await DrainedAsync(stage, engine, label, report: false);
            if (i > 0)
            {
                raw.Add(inserts);
                acknowledged.Add(events);
            }
        }

        Row(
            engine,
            "medians",
            "acknowledged events in % of raw inserts (aim >= 40)",
            100 * Median(acknowledged) / Median(raw)
        );
        if (size == 0)
        {
            return;
        }

        var title = string.Create(CultureInfo.InvariantCulture, $"burst of {size:N0}");
        var (burst, _) = await stage.SignedAsync(size);
        Row(engine, title, "resident before, MB", stage.GatewayProcess.ResidentMegabytes);
        await Wrk.RunAsync(
            new Uri(stage.Gateway, "v1/events"),
            burst,
            Connections,
            TimeSpan.FromSeconds(Math.Max(1, size / 1000))
        );
        await DrainedAsync(stage, engine, title, report: true);
    }

    private static Task<long> ReceivedAsync(EventStage stage) =>
        stage.Database.ScalarAsync<long>("""SELECT COUNT(*) FROM "Events" """);

    /// <summary>Waits until nothing waits any more, ten minutes at most.</summary>
    private static async Task DrainedAsync(EventStage stage, string engine, string label, bool report)
    {
        var clock = Stopwatch.StartNew();
        var first = await WaitingAsync(stage);
        var (left, highest) = (first, stage.GatewayProcess.ResidentMegabytes);
        while (left > 0 && clock.Elapsed < TimeSpan.FromMinutes(10))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            left = await WaitingAsync(stage);
            highest = Math.Max(highest, stage.GatewayProcess.ResidentMegabytes);
        }

        Row(engine, label, "left in the inbox at the end", left);
        Row(engine, label, "accepted/s while nothing comes in", (first - left) / clock.Elapsed.TotalSeconds);
        if (report)
        {
            Row(engine, label, "resident at most, MB", highest);
            Row(engine, label, "resident when drained, MB", stage.GatewayProcess.ResidentMegabytes);
        }
    }

    private static Task<long> WaitingAsync(EventStage stage) =>
        stage.Database.ScalarAsync<long>("""SELECT COUNT(*) FROM "Events" WHERE "State" < 2 """);

    internal static void Row(string engine, string measure, string what, double value) =>
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"| {engine} | {measure} | {what} | {value:0.##} |")
        );

    private static int Option(string[] options, string name, int otherwise) =>
        Text(options, name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and var at ? options[at + 1] : null;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
