using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Health;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Platform.Telemetry;
using Integration.Testing.Databases;
using Integration.Testing.Recording;
using OpenTelemetry.Trace;

namespace Integration.Testing;

/// <summary>Parts of the gateway as a <see cref="ServiceHost"/> has them.</summary>
internal static class ServiceParts
{
    /// <summary>Hosts that start together share their files.</summary>
    private static readonly Lock s_files = new();

    /// <summary>Database, vault, evidence and idempotency; timers are for the test to add.</summary>
    public static void AddState(
        this WebApplicationBuilder builder,
        TestDatabase database,
        IEnumerable<KeyValuePair<string, string?>> settings
    )
    {
        builder.Configuration.AddInMemoryCollection(SettingsFor(database));
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddGatewayDatabase();
        builder.AddPersonalDataProtection();
        builder.AddEvidence();
        builder.AddIdempotency();
    }

    /// <summary>Everything that stands in front of an endpoint, except for callers and their limits.</summary>
    public static void AddHttpPlatform(
        this WebApplicationBuilder builder,
        IEnumerable<(string Key, string Value)> settings
    )
    {
        builder.Configuration.AddInMemoryCollection([new("Urls", "http://127.0.0.1:0")]);
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))
        );
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddHttpLimits();
        builder.AddTelemetry();
        builder.Logging.KeepFromConsole("platform");
        builder.Services.AddHealth();
        builder.Services.AddApiDescription();
        var spans = new SpanSink();
        builder.Services.AddSingleton(spans);
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing =>
            tracing.SetSampler(new AlwaysOnSampler()).AddProcessor(spans)
        );
        builder.AddLogSink();
        builder.Logging.AddFilter("Integration", LogLevel.Debug);
    }

    /// <inheritdoc cref="AddHttpPlatform" />
    public static void UseHttpPlatform(this WebApplication app)
    {
        app.UseFrontDoor();
        app.UseProblems();
        app.UseRouting();
        app.UseMetricsPage();
        app.MapHealth();
        app.MapApiDescription();
    }

    /// <summary>Keeps what is logged for <see cref="ServiceHost.Logs"/>.</summary>
    public static void AddLogSink(this WebApplicationBuilder builder)
    {
        var logs = new LogSink();
        builder.Services.AddSingleton(logs);
        builder.Logging.AddProvider(logs);
    }

    /// <summary>What the state of the gateway needs, with keys of the database's own.</summary>
    public static Dictionary<string, string?> SettingsFor(TestDatabase database)
    {
        lock (s_files)
        {
            return SettingsIn(database.Folder, database);
        }
    }

    private static Dictionary<string, string?> SettingsIn(string folder, TestDatabase database)
    {
        var connection = Path.Combine(folder, "connection");
        if (!File.Exists(connection))
        {
            File.WriteAllText(connection, database.ConnectionString);
        }

        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Gateway:Database:Provider"] = database.Provider,
            ["Gateway:Database:ConnectionString"] = $"file:{connection}",
            ["Gateway:Protection:Certificate"] = TestKeys.CertificateReference(folder, "protection"),
            ["Gateway:Protection:LookupKey"] = TestKeys.RandomReference(folder, "lookup"),
            ["Gateway:Receipts:SigningKey"] = TestKeys.EcReference(folder, "receipts"),
            ["Gateway:Evidence:Chain"] = "test",
        };
    }
}
