using Integration.Gateway.Platform.Protection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// The one database. Each capability brings its own rows and their configuration; this class knows none of them.
/// The two derived classes exist so that each engine has its own migrations.
/// </summary>
internal abstract class GatewayDb(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

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
