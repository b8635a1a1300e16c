using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// The one database. Each capability brings its own rows and their configuration; this class knows none of them.
/// The two derived classes exist so that each engine has its own migrations.
/// </summary>
internal abstract class GatewayDb(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GatewayDb).Assembly);
}

/// <summary>SQLite: one node.</summary>
internal sealed class SqliteGatewayDb(DbContextOptions<SqliteGatewayDb> options) : GatewayDb(options);

/// <summary>PostgreSQL: several nodes.</summary>
internal sealed class PostgresGatewayDb(DbContextOptions<PostgresGatewayDb> options) : GatewayDb(options);
