using Integration.Gateway.Platform.Protection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// The one database. Each capability brings its own rows and their configuration; this class knows none of them.
/// The two derived classes exist so that each engine has its own migrations.
/// </summary>
internal abstract class GatewayDb(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    private readonly AppendedRows _appended = new();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>
    /// Inserts a row that is never changed, at the next <see cref="WriteAppended"/>: at a third of the cost of <c>Add</c>.
    /// For rows that go with evidence.
    /// </summary>
    public void Append(object row) => Append(new AppendedRow(row));

    /// <inheritdoc cref="Append(object)" />
    public void Append(AppendedRow row) => _appended.Add(row);

    /// <inheritdoc cref="Append(object)" />
    public void AppendRange(IEnumerable<object> rows)
    {
        foreach (var row in rows)
        {
            Append(row);
        }
    }

    /// <summary>Inserts what was appended, then changes what was there already. Needs a transaction.</summary>
    public void WriteAppended()
    {
        var transaction =
            Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("Rows are appended within a transaction.");
        while (_appended.Write(this, transaction) is { Count: > 0 } present)
        {
            foreach (var change in present)
            {
                change.WriteTo(this);
                SaveChanges();
                ChangeTracker.Clear(); // the next one may change the same row
            }
        }
    }

    public override void Dispose()
    {
        _appended.Clear(); // a pooled context is used again
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        _appended.Clear();
        return base.DisposeAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<ProtectedText>().HaveConversion<ProtectedTextConverter>();
        configurationBuilder.Properties<ProtectedJson>().HaveConversion<ProtectedJsonConverter>();
        configurationBuilder.Properties<SubjectHash>().HaveConversion<SubjectHashConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GatewayDb).Assembly);
}

/// <summary>SQLite: one node. Times are stored as UTC ticks, so they sort and compare in SQL.</summary>
internal sealed class SqliteGatewayDb(DbContextOptions<SqliteGatewayDb> options) : GatewayDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<TicksConverter>();
    }
}

/// <summary>PostgreSQL: several nodes. Times are stored as <c>timestamptz</c>.</summary>
internal sealed class PostgresGatewayDb(DbContextOptions<PostgresGatewayDb> options) : GatewayDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }
}
