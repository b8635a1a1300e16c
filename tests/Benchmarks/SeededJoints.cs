using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing.World;

namespace Integration.Benchmarks;

/// <summary>Joint applications written past the gateway, each a copy of one that the gateway opened itself.</summary>
internal sealed class SeededJoints
{
    private readonly MeasuredDatabase _database;
    private readonly string _jointId;
    private readonly string _caseId;
    private readonly JsonObject _file;

    private SeededJoints(MeasuredDatabase database, JointApplicationResponse joint, JsonObject file) =>
        (_database, _jointId, _caseId, _file) = (database, joint.JointApplicationId, joint.CaseId, file);

    /// <summary>Opens the one that is copied, for these utilities.</summary>
    public static async Task<SeededJoints> OfAsync(EventStage stage, params IReadOnlyList<Utility> utilities)
    {
        using var hall = await stage.ClientAsync("hall");
        using var answer = await hall.PostAsJsonAsync(
            "v1/joint-applications",
            JointRequests.OfEnterprise(0, utilities),
            IntegrationJson.Options
        );
        var joint = await answer
            .EnsureSuccessStatusCode()
            .Content.ReadFromJsonAsync<JointApplicationResponse>(IntegrationJson.AnswerOptions);
        var file = await stage.Database.ScalarAsync<string>("""SELECT "File" FROM "JointApplications" LIMIT 1""");
        return new SeededJoints(stage.Database, joint!, JsonNode.Parse(file)!.AsObject());
    }

    /// <summary>The number of one of the copies of a round.</summary>
    public static string Id(string round, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"jnt_{round}{index:000000}");

    /// <summary>Writes copies in one transaction.</summary>
    /// <param name="round">Names the copies.</param>
    /// <param name="count">How many.</param>
    /// <param name="work">What the gateway has to do for their legs, in camel case.</param>
    /// <param name="due">When; null: nothing is due.</param>
    public async Task SeedAsync(string round, int count, string work, DateTimeOffset? due)
    {
        var template = Template(work, due);
        await using var connection = await _database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var open = connection.CreateCommand();
        open.Transaction = transaction;
        open.CommandText = """
            INSERT INTO "JointApplications" ("JointId", "CaseId", "CallerId", "OpenedAt", "Form", "File", "Version")
            SELECT @id, @case, "CallerId", "OpenedAt", "Form", @file, 1 FROM "JointApplications" WHERE "JointId" = @template
            """;
        await using var alarm = Alarm(connection, transaction);
        Set(open, "template", _jointId);
        for (var i = 0; i < count; i++)
        {
            var (id, caseId) = (Id(round, i), $"BENCH-{round}{i}");
            Set(open, "id", id);
            Set(open, "case", caseId);
            Set(
                open,
                "file",
                template
                    .Replace(_jointId, id, StringComparison.Ordinal)
                    .Replace($"\"{_caseId}\"", $"\"{caseId}\"", StringComparison.Ordinal)
            );
            await open.ExecuteNonQueryAsync();
            if (due is { } moment)
            {
                Set(alarm, "key", $"{id}.network");
                Set(alarm, "due", _database.Stored(moment));
                await alarm.ExecuteNonQueryAsync();
            }
        }

        await transaction.CommitAsync();
    }

    /// <summary>Timers of legs that do not exist: the engine wakes them, finds nothing and ends them.</summary>
    public async Task SeedEmptyAsync(string round, int count, DateTimeOffset due)
    {
        await using var connection = await _database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var alarm = Alarm(connection, transaction);
        Set(alarm, "due", _database.Stored(due));
        for (var i = 0; i < count; i++)
        {
            Set(alarm, "key", $"{Id(round, i)}.network");
            await alarm.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private string Template(string work, DateTimeOffset? due)
    {
        var stored = _file.DeepClone().AsObject();
        var file = stored["document"]!.AsObject(); // beside the key under which its marked texts are sealed: every copy keeps both
        file["version"] = 1;
        foreach (var leg in file["legs"]!.AsArray().Select(leg => leg!.AsObject()))
        {
            leg["state"] = "received";
            leg["work"] = work;
            leg.Remove("wakeAt");
            if (due is { } moment)
            {
                leg["wakeAt"] = moment;
            }
        }

        return stored.ToJsonString();
    }

    private static DbCommand Alarm(DbConnection connection, DbTransaction transaction)
    {
        var alarm = connection.CreateCommand();
        alarm.Transaction = transaction;
        alarm.CommandText =
            """INSERT INTO "Timers" ("Kind", "Key", "DueAt", "Revision", "Retries", "Failures") VALUES ('leg', @key, @due, 0, 0, 0)""";
        return alarm;
    }

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
