using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Integration.Gateway.Platform.Database;

/// <summary>For <c>dotnet ef</c> only: it needs the model, no database.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteGatewayDb>
{
    public SqliteGatewayDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteGatewayDb>().UseSqlite("Data Source=design-time").Options);
}

/// <inheritdoc cref="SqliteDesignTime" />
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresGatewayDb>
{
    public PostgresGatewayDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresGatewayDb>().UseNpgsql("Host=design-time").Options);
}
