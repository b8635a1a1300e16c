using Integration.Contracts.Problems;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Audit;
using Integration.Gateway.Operations;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Gateway.Tests.Audit;

public sealed class SqliteAuditTrailTests : AuditTrailTests<SqliteTestDatabase>
{
    [Fact]
    public async Task What_cannot_be_recorded_is_refused_and_changes_nothing()
    {
        var file = new SqliteConnectionStringBuilder(Database.ConnectionString).DataSource;
        SqliteConnection.ClearAllPools();
        File.Move(file, file + ".away");

        var refused = await RecordAsync(Entry("away"));
        SqliteConnection.ClearAllPools();
        File.Move(file + ".away", file);
        var accepted = await RecordAsync(Entry("back"));

        Assert.False(refused.Succeeded(out _, out var refusal));
        Assert.Equal(ProblemCodes.Unavailable, refusal.Code);
        Assert.True(accepted.Succeeded(out _, out _));
        Assert.Equal(["back"], (await StoredAsync()).Select(row => row.Subject));
    }
}

public sealed class PostgresAuditTrailTests : AuditTrailTests<PostgresTestDatabase>;

/// <summary>What the audit trail promises, on every engine.</summary>
public abstract class AuditTrailTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private ServiceHost _host = null!;

    private protected TDatabase Database { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Database.CreateAsync();
        _host = await ServiceHost.StartAsync(
            Database,
            [new("Gateway:Telemetry:Node", "node-1")],
            builder => builder.Services.AddAudit()
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_record_says_who_did_what_to_what_and_where()
    {
        var detail = new string('x', 300_000);

        var result = await RecordAsync(
            new AuditEntry("ops", "catalogue.refused", "catalogue", detail, AuditOutcome.Refused)
        );

        Assert.True(result.Succeeded(out var id, out _));
        var row = Assert.Single(await StoredAsync());
        Assert.StartsWith("aud_", id, StringComparison.Ordinal);
        Assert.Equal((id, "ops", "catalogue.refused", "catalogue"), (row.AuditId, row.Actor, row.Action, row.Subject));
        Assert.Equal((AuditOutcome.Refused, detail), (row.Outcome, row.Detail));
        Assert.NotEmpty(row.Node);
    }

    [Fact]
    public async Task Rows_that_belong_to_it_are_committed_with_it()
    {
        var result = await _host
            .Get<AuditTrail>()
            .RecordAsync(Entry("agency:gas"), new AddedRow(Maintenance()), TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded(out _, out _));
        await using var db = _host.Db();
        Assert.Equal(1, await db.Set<MaintenanceRow>().CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task When_its_rows_meet_anothers_neither_is_kept()
    {
        await Rows_that_belong_to_it_are_committed_with_it();

        var result = await _host
            .Get<AuditTrail>()
            .RecordAsync(Entry("second"), new AddedRow(Maintenance()), TestContext.Current.CancellationToken);

        Assert.False(result.Succeeded(out _, out var refusal));
        Assert.Same(Refusal.ConcurrencyConflict, refusal);
        Assert.Equal(["agency:gas"], (await StoredAsync()).Select(row => row.Subject));
    }

    private protected static AuditEntry Entry(string subject) => new("ops", "agency.maintenance.on", subject);

    private protected Task<Result<string>> RecordAsync(AuditEntry entry) =>
        _host.Get<AuditTrail>().RecordAsync(entry, TestContext.Current.CancellationToken);

    private protected async Task<List<AuditRow>> StoredAsync()
    {
        await using var db = _host.Db();
        return await db.Set<AuditRow>()
            .AsNoTracking()
            .OrderBy(row => row.AuditId)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    private static MaintenanceRow Maintenance() =>
        new()
        {
            Agency = "gas",
            Reason = "moved",
            Since = TimeProvider.System.GetUtcNow(),
            Actor = "ops",
        };
}
