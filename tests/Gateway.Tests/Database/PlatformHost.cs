using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Platform.Timers;
using Integration.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integration.Gateway.Tests.Database;

/// <summary>The state of the gateway without its flows and without HTTP, on a real database.</summary>
internal sealed class PlatformHost : IAsyncDisposable
{
    /// <summary>Hosts that start together share their files.</summary>
    private static readonly Lock s_files = new();
    private readonly IHost _host;

    private PlatformHost(IHost host) => _host = host;

    public EvidenceLog Evidence => Get<EvidenceLog>();

    public PersonalDataVault Vault => Get<PersonalDataVault>();

    public static async Task<PlatformHost> Start(
        TestDatabase database,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        Action<IHostApplicationBuilder>? with = null
    )
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(SettingsFor(database));
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddGatewayDatabase();
        builder.AddPersonalDataProtection();
        builder.AddEvidence();
        builder.AddIdempotency();
        builder.AddDurableTimers();
        with?.Invoke(builder);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new PlatformHost(host);
    }

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

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public GatewayDb Db() => Get<IDbContextFactory<GatewayDb>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
