using Integration.Gateway.Platform.Retention;
using Integration.Gateway.Platform.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Integration.Gateway.Platform.Database;

internal static class DatabaseServices
{
    /// <summary>
    /// <c>IDbContextFactory&lt;GatewayDb&gt;</c>, a scoped <see cref="GatewayDb"/>, and the schema brought up to date before
    /// anything else starts.
    /// </summary>
    public static void AddGatewayDatabase(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        services.AddStrictOptions<DatabaseOptions>(DatabaseOptions.Section);

        services.AddPooledDbContextFactory<SqliteGatewayDb>((provider, db) => UseSqlite(provider, db));
        services.AddPooledDbContextFactory<PostgresGatewayDb>((provider, db) => UsePostgres(provider, db));
        services.AddSingleton<IDbContextFactory<GatewayDb>, GatewayDbFactory>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext());
        services.AddSingleton<DatabaseFiles>();
        services.AddSingleton<WorkLeases>();
        AddClock(services);
        services.AddHostedService<DatabaseStart>();
        services.AddHostedService<RetentionSweep>();
    }

    /// <summary>What asks for a <see cref="TimeProvider"/> gets the time that the nodes share.</summary>
    private static void AddClock(IServiceCollection services)
    {
        services.TryAddKeyedSingleton(ClusterClock.Node, TimeProvider.System);
        services.AddSingleton<ClusterClock>();
        services.Replace(
            ServiceDescriptor.Singleton<TimeProvider>(provider => provider.GetRequiredService<ClusterClock>())
        );
        services.AddHostedService<ClusterClockWatch>();
    }

    private static DatabaseOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;

    private static void UseSqlite(IServiceProvider services, DbContextOptionsBuilder db)
    {
        var options = OptionsOf(services);
        var text = new SqliteConnectionStringBuilder(options.ResolveConnectionString())
        {
            DefaultTimeout = (int)Math.Ceiling(options.Timeout.TotalSeconds),
            Mode = SqliteOpenMode.ReadWrite, // made once at start; a file that vanished must not come back empty
        };
        var files = services.GetRequiredService<DatabaseFiles>();
        db.UseSqlite(text.ToString())
            .AddInterceptors(
                new SqliteConnectionSetup(options.Timeout, files),
                new SqliteFileCheck(files),
                new SqliteTracing()
            );
        Finish(services, db);
    }

    private static void UsePostgres(IServiceProvider services, DbContextOptionsBuilder db)
    {
        var options = OptionsOf(services);
        var seconds = (int)Math.Ceiling(options.Timeout.TotalSeconds);
        var text = new NpgsqlConnectionStringBuilder(options.ResolveConnectionString())
        {
            CommandTimeout = seconds,
            Timeout = seconds,
            MaxAutoPrepare = 50, // the same few statements all day
        };
        db.UseNpgsql(text.ToString(), npgsql => npgsql.ConfigureDataSource(PostgresTls.TrustWithoutDownloads));
        Finish(services, db);
    }

    /// <summary>Commands are spans, and failures are logged by the code that meets them: EF's own lines would say it twice.</summary>
    private static void Finish(IServiceProvider services, DbContextOptionsBuilder db) =>
        db.AddInterceptors(services.GetServices<IInterceptor>())
            .ConfigureWarnings(warnings =>
                warnings.Ignore(
                    RelationalEventId.CommandExecuted,
                    RelationalEventId.CommandError,
                    CoreEventId.SaveChangesFailed,
                    CoreEventId.OptimisticConcurrencyException
                )
            );
}
