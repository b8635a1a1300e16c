using System.Diagnostics;
using System.Globalization;
using Integration.Benchmarks.Load;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Benchmarks;

/// <summary>
/// Legs that timers advance beside timers that find nothing to do, rounds in turn; then statuses over many open joint
/// applications, on one node and on two.
/// </summary>
internal static class JointBenchmark
{
    private const int Connections = 32;

    /// <summary>Of a processor, for each of two nodes: the rest is left to the database and to who sends.</summary>
    private const double Share = 0.35;

    private const int DefaultSharedRounds = 3;

    /// <summary>More than any engine does in a second, so that a round lasts at least as long as it is told.</summary>
    private const int StepsPerSecond = 400;

    public static async Task<int> RunAsync(string[] options)
    {
        var seconds = Option(options, "--seconds", 10);
        var rounds = Option(options, "--rounds", 3);
        var joints = Option(options, "--joints", 100_000);
        var sharedRounds = Option(options, "--shared-rounds", DefaultSharedRounds);
        var gateway = Text(options, "--gateway") ?? Path.Combine(AppContext.BaseDirectory, "Integration.Gateway.dll");
        Console.WriteLine("| engine | measure | what | value |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var engine in (Text(options, "--engines") ?? "sqlite,postgresql").Split(','))
        {
            if (rounds > 0)
            {
                await StepsAsync(engine, gateway, rounds, seconds);
            }

            await StatusesAsync(engine, gateway, joints, TimeSpan.FromSeconds(seconds), sharedRounds);
        }

        return 0;
    }

    /// <summary>A leg of a provider that pulls is put on its list: one step, and no provider is measured.</summary>
    private static async Task StepsAsync(string engine, string gateway, int rounds, int seconds)
    {
        await using var stage = await EventStage.SetAsync(engine, gateway, enterprises: 1);
        var seeded = await SeededJoints.OfAsync(stage, Utility.Network);
        await stage.KillGatewayAsync();
        var count = seconds * StepsPerSecond;
        var (empty, moved) = (new List<double>(), new List<double>());
        for (var i = 0; i <= rounds; i++)
        {
            var label = i == 0 ? "warm-up" : $"round {i}";
            var nothing = await DrainedAsync(stage, due => seeded.SeedEmptyAsync($"none{i}x", count, due));
            var legs = await DrainedAsync(stage, due => seeded.SeedAsync($"step{i}x", count, "send", due));
            EventBenchmark.Row(engine, label, "empty timers/s", nothing);
            EventBenchmark.Row(engine, label, "legs advanced/s", legs);
            if (i > 0)
            {
                empty.Add(nothing);
                moved.Add(legs);
            }
        }

        var listed = await stage.Database.ScalarAsync<long>(
            """SELECT COUNT(*) FROM "WorkList" WHERE "LegId" LIKE 'jnt_step%'"""
        );
        EventBenchmark.Row(
            engine,
            "all rounds",
            "legs on the work list, % of those seeded",
            100d * listed / (count * (rounds + 1))
        );
        EventBenchmark.Row(
            engine,
            "medians",
            "legs advanced in % of empty timers (aim >= 50)",
            100 * Median(moved) / Median(empty)
        );
    }

    /// <summary>
    /// Timers a second while 10 to 90 % of them are done: the gateway is started on timers that are due already, so it works on
    /// them as fast as it can find them.
    /// </summary>
    private static async Task<double> DrainedAsync(EventStage stage, Func<DateTimeOffset, Task> seed)
    {
        await seed(TimeProvider.System.GetUtcNow());
        var all = await LeftAsync(stage);
        await stage.StartGatewayAsync();
        var clock = Stopwatch.StartNew();
        var (from, until) = (default((TimeSpan At, long Left)?), (At: clock.Elapsed, Left: all));
        while (until.Left > all / 10 && clock.Elapsed < TimeSpan.FromMinutes(10))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            until = (clock.Elapsed, await LeftAsync(stage));
            from ??= until.Left <= all * 9 / 10 ? until : null;
        }

        while (await LeftAsync(stage) > 0 && clock.Elapsed < TimeSpan.FromMinutes(10))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        await stage.KillGatewayAsync();
        return from is { } start && until.At > start.At
            ? (start.Left - until.Left) / (until.At - start.At).TotalSeconds
            : double.NaN;
    }

    private static Task<long> LeftAsync(EventStage stage) =>
        stage.Database.ScalarAsync<long>("""SELECT COUNT(*) FROM "Timers" WHERE "Kind" = 'leg' """);

    private static async Task StatusesAsync(string engine, string gateway, int joints, TimeSpan round, int sharedRounds)
    {
        await using var stage = await EventStage.SetAsync(engine, gateway, enterprises: 1);
        var seeded = await SeededJoints.OfAsync(
            stage,
            Utility.Electricity,
            Utility.Water,
            Utility.Gas,
            Utility.Network
        );
        var measure = string.Create(CultureInfo.InvariantCulture, $"{joints} open, {4 * joints} legs");
        EventBenchmark.Row(engine, "none open", "resident, MB", stage.GatewayProcess.ResidentMegabytes);
        await stage.KillGatewayAsync();
        var before = await BytesAsync(stage, engine);
        await seeded.SeedAsync("open", joints, "watch", due: null);
        EventBenchmark.Row(
            engine,
            measure,
            "database, bytes for each joint application",
            (double)(await BytesAsync(stage, engine) - before) / joints
        );
        await stage.StartGatewayAsync();
        EventBenchmark.Row(
            engine,
            measure,
            "restart: ready after, s (aim <= 10)",
            stage.GatewayProcess.ReadyAfter.TotalSeconds
        );
        var token = await stage.TokenAsync("network");
        await AppliedAsync(stage, [stage.Gateway], "w", token, joints, TimeSpan.FromSeconds(2));
        EventBenchmark.Row(engine, measure, "resident before, MB", stage.GatewayProcess.ResidentMegabytes);
        var one = await AppliedAsync(stage, [stage.Gateway], "a", token, joints, round);
        EventBenchmark.Row(engine, measure, "statuses applied/s, one node (aim >= 200)", one);
        EventBenchmark.Row(engine, measure, "resident after, MB", stage.GatewayProcess.ResidentMegabytes);
        if (engine != "sqlite" && sharedRounds > 0)
        {
            await stage.StartSecondAsync();
            await AppliedAsync(stage, [stage.Second], "v", token, joints, TimeSpan.FromSeconds(2));
            var two = await AppliedAsync(stage, [stage.Gateway, stage.Second], "b", token, joints, round);
            EventBenchmark.Row(engine, measure, "statuses applied/s, two nodes on the same processors", two);
            EventBenchmark.Row(engine, measure, "two nodes on the same processors, times one", two / one);
            await SharedAsync(stage, engine, measure, token, joints, round, sharedRounds);
        }
    }

    /// <summary>One node and two, each with a processor share of its own, rounds in turn.</summary>
    private static async Task SharedAsync(
        EventStage stage,
        string engine,
        string measure,
        string token,
        int joints,
        TimeSpan round,
        int rounds
    )
    {
        using var first = ProcessorShare.Of(stage.GatewayProcess.Id, Share);
        using var second = ProcessorShare.Of(stage.SecondProcess!.Id, Share);
        if (first is null || second is null)
        {
            EventBenchmark.Row(engine, measure, "two nodes, times one (aim >= 1.6)", double.NaN);
            return;
        }

        var (one, two) = (new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            var run = (char)('c' + 2 * i);
            one.Add(await AppliedAsync(stage, [stage.Gateway], $"{run}", token, joints, round));
            two.Add(await AppliedAsync(stage, [stage.Gateway, stage.Second], $"{++run}", token, joints, round));
            EventBenchmark.Row(engine, $"round {i + 1}", $"statuses applied/s, one node of {Share} processors", one[i]);
            EventBenchmark.Row(engine, $"round {i + 1}", $"statuses applied/s, two of {Share}", two[i]);
        }

        EventBenchmark.Row(engine, "medians", "two nodes, times one (aim >= 1.6)", Median(two) / Median(one));
    }

    /// <summary>Statuses on record that moved their leg, a second.</summary>
    private static async Task<double> AppliedAsync(
        EventStage stage,
        IReadOnlyList<Uri> nodes,
        string run,
        string token,
        int joints,
        TimeSpan round
    )
    {
        var before = await RowsAsync(stage);
        var scripts = new List<string>();
        for (var i = 0; i < nodes.Count; i++)
        {
            scripts.Add(await stage.ScriptAsync($"{run}{i}.lua", Lua($"{run}{i}", token, joints, i, nodes.Count)));
        }

        await Task.WhenAll(
            nodes.Select(
                (node, i) =>
                    Wrk.RunAsync(
                        new Uri(node, "v1/utilities/network/statuses"),
                        scripts[i],
                        Connections / nodes.Count,
                        round
                    )
            )
        );
        return (await RowsAsync(stage) - before) / round.TotalSeconds;
    }

    private static Task<long> BytesAsync(EventStage stage, string engine) =>
        stage.Database.ScalarAsync<long>(
            engine == "sqlite"
                ? "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
                : "SELECT pg_database_size(current_database())"
        );

    private static Task<long> RowsAsync(EventStage stage) =>
        stage.Database.ScalarAsync<long>("""SELECT COUNT(*) FROM "LegStatuses" WHERE "Effect" = 'applied' """);

    /// <summary>
    /// Each request another leg; when all had one, the next state of each. A run begins at a place of its own, so that legs which
    /// an earlier run moved come last.
    /// </summary>
    private static string Lua(string run, string token, int joints, int node, int nodes) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            local states = { "accepted", "surveyScheduled", "surveyed", "planAnswered", "construction", "inspected", "connected" }
            local start = {{(run[0] - 'a') * 7919 % joints}}
            local at = {{node}} - {{nodes}}
            local headers = { ["Authorization"] = "Bearer {{token}}", ["Content-Type"] = "application/json" }
            function request()
              at = at + {{nodes}}
              local turn = math.floor(at / {{joints}})
              local leg = string.format("jnt_open%06d.network", (start + at) % {{joints}})
              local body = string.format(
                '{"statusId":"{{run}}-%d","legId":"%s","state":"%s","at":"2026-01-06T09:%02d:00+08:00"}',
                at, leg, states[turn % #states + 1], turn % 60)
              return wrk.format("POST", "/v1/utilities/network/statuses", headers, body)
            end

            """
        );

    private static int Option(string[] options, string name, int otherwise) =>
        Text(options, name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and var at ? options[at + 1] : null;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
