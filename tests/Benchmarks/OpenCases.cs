using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Integration.Benchmarks.Load;
using Integration.Gateway.Cases;

namespace Integration.Benchmarks;

/// <summary>Many open cases: how long a restart takes, how late alarms are, and how long one page takes.</summary>
internal static class OpenCases
{
    private const string Owner = "hall";
    private const int Pages = 500;

    /// <summary>Alarms that come while it is measured, spread over <see cref="s_alarms"/>.</summary>
    private const int Due = 900;

    private static readonly TimeSpan s_alarms = TimeSpan.FromSeconds(60);

    /// <summary>Between the seeding and the first alarm: the restart has to be over.</summary>
    private static readonly TimeSpan s_lead = TimeSpan.FromSeconds(30);

    public static async Task MeasureAsync(string engine, string gateway, int cases)
    {
        await using var stage = await EventStage.SetAsync(engine, gateway, enterprises: 1);
        var template = await TemplateAsync(stage);
        await stage.KillGatewayAsync();
        var first = TimeProvider.System.GetUtcNow() + s_lead + TimeSpan.FromSeconds(cases / 4000.0);
        await SeedAsync(stage.Database, template, cases, first);
        EventBenchmark.Row(engine, "open cases", "seeded", await stage.Database.ScalarAsync<long>(Count));

        await stage.StartGatewayAsync();
        EventBenchmark.Row(
            engine,
            "open cases",
            "restart: ready after, s (aim <= 5)",
            stage.GatewayProcess.ReadyAfter.TotalSeconds
        );
        EventBenchmark.Row(
            engine,
            "open cases",
            "spare seconds before the first alarm",
            (first - TimeProvider.System.GetUtcNow()).TotalSeconds
        );
        await ShowAsync(stage, engine, cases);
        await AlarmsAsync(stage, engine, first);
        EventBenchmark.Row(engine, "open cases", "resident, MB", stage.GatewayProcess.ResidentMegabytes);
    }

    private static string Count => """SELECT COUNT(*) FROM "Cases" WHERE "ClosedAt" IS NULL""";

    /// <summary>A case as the gateway itself wrote it.</summary>
    private static async Task<JsonObject> TemplateAsync(EventStage stage)
    {
        var (script, _) = await stage.SignedAsync(1);
        await Wrk.RunAsync(new Uri(stage.Gateway, "v1/events"), script, connections: 1, TimeSpan.FromSeconds(2));
        var clock = Stopwatch.StartNew();
        while (
            await stage.Database.ScalarAsync<long>("""SELECT COUNT(*) FROM "Cases" WHERE "AcceptedAt" IS NOT NULL""")
            == 0
        )
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException("The first event was not accepted.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        return JsonNode
            .Parse(await stage.Database.ScalarAsync<string>("""SELECT "File" FROM "Cases" LIMIT 1"""))!
            .AsObject();
    }

    private static async Task SeedAsync(MeasuredDatabase database, JsonObject template, int cases, DateTimeOffset first)
    {
        await using var connection = await database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var open = connection.CreateCommand();
        open.Transaction = transaction;
        open.CommandText =
            """INSERT INTO "Cases" ("CaseKey", "CaseId", "CallerId", "ServiceType", "OpenedAt", "AcceptedAt", "File", "Version") VALUES (@key, @case, @owner, @service, @at, @at, @file, 1)""";
        await using var alarm = connection.CreateCommand();
        alarm.Transaction = transaction;
        alarm.CommandText =
            """INSERT INTO "Timers" ("Kind", "Key", "DueAt", "Revision", "Retries", "Failures") VALUES ('case-clock', @key, @due, 0, 0, 0)""";
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < cases; i++)
        {
            var isDue = i < Due;
            var due = isDue ? first + (s_alarms * i / Due) : now.AddDays(2).AddSeconds(i);
            var caseId = CaseId(i);
            var file = File(template, caseId, due, isDue);
            Set(open, "key", CaseRow.KeyOf(Owner, caseId));
            Set(open, "case", caseId);
            Set(open, "owner", Owner);
            Set(open, "service", "low-voltage-nonresidential-new");
            Set(open, "at", database.Stored(now));
            Set(open, "file", file);
            await open.ExecuteNonQueryAsync();
            Set(alarm, "key", CaseRow.KeyOf(Owner, caseId));
            Set(alarm, "due", database.Stored(due));
            await alarm.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    /// <summary>A case of which a clock turns yellow at the moment, or in days.</summary>
    private static string File(JsonObject template, string caseId, DateTimeOffset due, bool isDue)
    {
        var file = template.DeepClone().AsObject();
        file["caseId"] = caseId;
        file["callerId"] = Owner;
        file["wakeAt"] = due;
        file["version"] = 1;
        if (isDue)
        {
            var clock = file["clocks"]!.AsArray().First(each => (string)each!["clock"]! == "company")!;
            clock["terms"] = new JsonObject { ["kind"] = "wallMinutes", ["amount"] = 100 };
            clock["startedAt"] = due.AddMinutes(-70);
            clock["told"] = "blue";
        }

        return file.ToJsonString();
    }

    private static async Task ShowAsync(EventStage stage, string engine, int cases)
    {
        using var hall = await stage.ClientAsync(Owner);
        var times = new List<double>();
        var failed = 0;
        for (var i = 0; i < Pages; i++)
        {
            var clock = Stopwatch.StartNew();
            using var answer = await hall.GetAsync($"v1/cases/{CaseId((int)(i * 7919L % cases))}");
            await answer.Content.ReadAsByteArrayAsync();
            times.Add(clock.Elapsed.TotalMilliseconds);
            failed += answer.IsSuccessStatusCode ? 0 : 1;
        }

        EventBenchmark.Row(engine, "one case's page", "p50, ms (aim <= 50)", Percentile(times, 0.5));
        EventBenchmark.Row(engine, "one case's page", "p99, ms", Percentile(times, 0.99));
        EventBenchmark.Row(engine, "one case's page", "failed", failed);
    }

    /// <summary>How long after its moment each alarm stands on record.</summary>
    private static async Task AlarmsAsync(EventStage stage, string engine, DateTimeOffset first)
    {
        var end = first + s_alarms + TimeSpan.FromSeconds(10);
        await Task.Delay(end - TimeProvider.System.GetUtcNow(), TimeProvider.System);
        var moments = Enumerable
            .Range(0, Due)
            .ToDictionary(CaseId, i => first + (s_alarms * i / Due), StringComparer.Ordinal);
        var late = new List<double>();
        await using var connection = await stage.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """SELECT "CaseId", "Record" FROM "Evidence" WHERE "CaseId" LIKE 'BENCH-%' AND "Record" LIKE '%"kind":"clock"%yellow%' """;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var at = (DateTimeOffset)JsonNode.Parse(reader.GetString(1))!["at"]!;
            late.Add((at - moments[reader.GetString(0)]).TotalSeconds);
        }

        EventBenchmark.Row(engine, "alarms", $"told of {Due} in {s_alarms.TotalSeconds} s", late.Count);
        if (late.Count > 0)
        {
            EventBenchmark.Row(engine, "alarms", "late, p50, s", Percentile(late, 0.5));
            EventBenchmark.Row(engine, "alarms", "late, p99, s (aim <= 2)", Percentile(late, 0.99));
            EventBenchmark.Row(engine, "alarms", "late at most, s", late.Max());
        }
    }

    private static string CaseId(int index) => string.Create(CultureInfo.InvariantCulture, $"BENCH-{index:000000}");

    private static double Percentile(List<double> values, double share) =>
        values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * share));

    private static void Set(DbCommand command, string name, object value)
    {
        if (!command.Parameters.Contains(name))
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        command.Parameters[name].Value = value;
    }
}
