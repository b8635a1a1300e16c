using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Settings;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Integration.Gateway.Tests.Database;

public sealed class SqliteMigrationTests() : MigrationTests(new SqliteDesignTime().CreateDbContext([]));

public sealed class PostgresMigrationTests() : MigrationTests(new PostgresDesignTime().CreateDbContext([]));

/// <summary>What <c>migration.sh</c> generates holds the whole model.</summary>
public abstract class MigrationTests : IDisposable
{
    private const string Remedy = "Run src/Gateway/Platform/Database/migration.sh <Name>.";
    private readonly GatewayDb _db;

    private protected MigrationTests(GatewayDb db) => _db = db;

    public void Dispose()
    {
        _db.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void The_migrations_are_complete() => Assert.False(_db.Database.HasPendingModelChanges(), Remedy);

    [Fact]
    public void The_compiled_model_is_the_model()
    {
        Assert.Equal("RuntimeModel", _db.Model.GetType().BaseType?.Name);
        Assert.Equal(Describe(_db.GetService<IDesignTimeModel>().Model), Describe(_db.Model));
    }

    [Fact]
    public void The_script_of_a_new_database_is_what_the_migrations_make()
    {
        using var resource = typeof(GatewayDb).Assembly.GetManifestResourceStream(Schema.ScriptOf(_db.GetType()))!;
        using var reader = new StreamReader(resource);

        Assert.Equal(Lines(_db.GetService<IMigrator>().GenerateScript()), Lines(reader.ReadToEnd()));
    }

    private static string[] Lines(string script) =>
        script.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Describe(IReadOnlyModel model) =>
        [
            .. model
                .GetEntityTypes()
                .SelectMany(type =>
                    type.GetProperties()
                        .Select(property =>
                            $"{type.GetTableName()}.{property.GetColumnName()} {property.GetColumnType()} {property.IsNullable} "
                            + $"{property.GetMaxLength()} {property.IsConcurrencyToken} {property.GetValueConverter()?.GetType().Name}"
                        )
                        .Concat(type.GetKeys().Select(key => $"{type.GetTableName()} key {key.Properties.Format()}"))
                        .Concat(
                            type.GetIndexes()
                                .Select(index =>
                                    $"{type.GetTableName()} index {index.Properties.Format()} {index.IsUnique}"
                                )
                        )
                )
                .Order(StringComparer.Ordinal),
        ];
}

public sealed class SqliteSchemaTests : SchemaTests<SqliteTestDatabase>
{
    [Fact]
    public async Task The_schema_is_made_although_a_killed_start_left_its_lock()
    {
        await using (var host = await ServiceHost.StartAsync(Database))
        {
            await using var db = host.Db();
            await db.Database.MigrateAsync(Migration.InitialDatabase);
            await db.Database.ExecuteSqlRawAsync(
                """
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-23 00:00:00');
                """
            );
        }

        await using var next = await ServiceHost.StartAsync(Database);
        Assert.Equal(0, await RowsAsync(next));
    }

    [Fact]
    public async Task A_commit_reaches_the_disk_before_it_is_acknowledged()
    {
        await using var host = await ServiceHost.StartAsync(Database);
        await using var db = host.Db();

        Assert.Equal(
            "wal",
            await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()
        );
        Assert.Equal(
            2,
            await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync()
        );
        Assert.Equal(
            5000,
            await db.Database.SqlQueryRaw<int>("SELECT timeout AS Value FROM pragma_busy_timeout").SingleAsync()
        );
    }
}

public sealed class PostgresSchemaTests : SchemaTests<PostgresTestDatabase>;

/// <summary>The schema at start, on every engine.</summary>
public abstract class SchemaTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    protected TDatabase Database { get; } = new();

    public async ValueTask InitializeAsync() => await Database.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nodes_that_start_together_make_the_schema_once()
    {
        var hosts = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => StartAsync($"node{i}"))));

        Assert.All(await Task.WhenAll(hosts.Select(RowsAsync)), count => Assert.Equal(0, count));
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("99990101000000_Newer")]
    [InlineData("00000000000000_Older")]
    public async Task A_schema_that_this_build_does_not_know_is_refused_and_left_as_it_is(string foreign)
    {
        await using (var host = await StartAsync("node"))
        {
            await using var db = host.Db();
            await db.Database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsHistory";""");
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ({foreign}, '10.0.0');"""
            );
        }

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync("node"));
        Assert.Contains(foreign, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_are_stored_in_utc_and_sort()
    {
        await using var host = await StartAsync("node");
        var noon = new DateTimeOffset(2126, 11, 23, 12, 0, 0, TimeSpan.FromHours(8)); // far from due: the engine leaves them alone
        await using var db = host.Db();
        db.Add(Timer("later", noon.ToOffset(TimeSpan.FromHours(9)).AddHours(1)));
        db.Add(Timer("noon", noon));
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();

        var rows = await db.Set<TimerRow>().Where(row => row.DueAt >= noon).OrderBy(row => row.DueAt).ToListAsync();

        Assert.Equal(["noon", "later"], rows.Select(row => row.Key));
        Assert.Equal(noon, rows[0].DueAt);
        Assert.Equal(TimeSpan.Zero, rows[0].DueAt.Offset);
    }

    private protected static async Task<int> RowsAsync(ServiceHost host)
    {
        await using var db = host.Db();
        return await db.Set<EvidenceRow>().CountAsync();
    }

    private static TimerRow Timer(string key, DateTimeOffset due) =>
        new()
        {
            Kind = "absent",
            Key = key,
            DueAt = due,
        };

    private Task<ServiceHost> StartAsync(string chain) =>
        ServiceHost.StartAsync(Database, [KeyValuePair.Create<string, string?>("Gateway:Evidence:Chain", chain)]);
}
