using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Database;

/// <summary>Pooled contexts of the engine that is configured.</summary>
internal sealed class GatewayDbFactory(IServiceProvider services, IOptions<DatabaseOptions> options)
    : IDbContextFactory<GatewayDb>
{
    private readonly Func<GatewayDb> _create = options.Value.Provider switch
    {
        DatabaseProvider.Sqlite => services.GetRequiredService<IDbContextFactory<SqliteGatewayDb>>().CreateDbContext,
        _ => services.GetRequiredService<IDbContextFactory<PostgresGatewayDb>>().CreateDbContext,
    };

    public GatewayDb CreateDbContext() => _create();
}
