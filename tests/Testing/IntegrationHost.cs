using System.Text.Json.Nodes;
using Integration.Gateway.Platform.Database;
using Integration.Testing.Databases;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;
using Integration.Try.Hosting;
using Integration.Try.Setup;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Testing;

/// <summary>
/// The sandbox agencies and the gateway in this process, on free loopback ports, over a directory and a database of their
/// own that are gone afterwards. What a test does goes through real HTTP.
/// </summary>
/// <example><c>await using var host = await IntegrationHost.Start();</c></example>
public sealed class IntegrationHost : IAsyncDisposable
{
    private readonly IntegrationHostOptions _options;
    private readonly TestDatabase _database;
    private readonly LocalSetup _setup;
    private readonly List<IAsyncDisposable> _drivers = [];
    private Installation? _installation;

    private IntegrationHost(IntegrationHostOptions options, TestDatabase database)
    {
        (_options, _database) = (options, database);
        Secrets.GetOrCreate("protection.pem", () => SharedKey.Protection);
        _setup = LocalSetup.In(database.Folder, Time);
        Change(_setup.CatalogueFile, options.Catalogue);
        Change(_setup.CallersFile, options.Callers);
        Recorded = new RecordedTelemetry(() => new HttpClient { BaseAddress = Gateway });
    }

    public Uri Gateway => Running.Gateway;

    public Uri Sandbox => Running.Sandbox;

    /// <summary>The clock of gateway and agencies when the test moves it; null when it is the real one.</summary>
    public FakeTimeProvider? Clock => _options.Clock;

    public TimeProvider Time => _options.Clock ?? TimeProvider.System;

    /// <summary>Logs, spans and metrics of the gateway.</summary>
    public RecordedTelemetry Recorded { get; }

    /// <summary>The hall, granted everything.</summary>
    public HallDriver Hall { get; private set; } = null!;

    /// <summary>The agencies' switches and lists.</summary>
    public SandboxDriver Agencies { get; private set; } = null!;

    /// <summary>The gateway's own services, for what no endpoint shows.</summary>
    public IServiceProvider Services => Running.GatewayServices;

    /// <summary>The callers file; a test may change it to see it reloaded.</summary>
    public string CallersFile => _setup.CallersFile;

    private SecretFolder Secrets => new(Path.Combine(_database.Folder, "secrets"));

    private Installation Running => _installation ?? throw new InvalidOperationException("The host is stopped.");

    /// <summary>The service catalogue; a test may change it to see it reloaded.</summary>
    public string CatalogueFile => _setup.CatalogueFile;

    /// <summary>Where one of the gateway's secrets stands, e.g. <c>token-signing.pem</c>.</summary>
    public string SecretFile(string name) => Secrets.PathOf(name);

    public static async Task<IntegrationHost> StartAsync(IntegrationHostOptions? options = null)
    {
        options ??= new IntegrationHostOptions();
        TestDatabase database =
            options.Engine == Engine.PostgreSql ? new PostgresTestDatabase() : new SqliteTestDatabase();
        await database.CreateAsync();
        var host = new IntegrationHost(options, database);
        try
        {
            await host.BeginAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops gateway and agencies and starts them again on the same directory and database; ports change.</summary>
    public async Task RestartAsync()
    {
        await EndAsync();
        await BeginAsync();
    }

    /// <summary>A driver for another client, e.g. <c>hall-limited</c>, <c>water</c>, <c>ops</c>.</summary>
    public HallDriver As(string client)
    {
        var driver = new HallDriver(Gateway, client, _setup.Client(client).Secret, Time);
        _drivers.Add(driver);
        return driver;
    }

    /// <summary>A municipal system that signs as one of the registered sources, e.g. <c>municipal-9210</c>.</summary>
    public MunicipalDriver Municipal(string source = "municipal-9210", string client = "municipal") =>
        Municipal(As(client), source);

    /// <summary>The same with the token of any client.</summary>
    public MunicipalDriver Municipal(HallDriver client, string source = "municipal-9210")
    {
        var keys = _setup.Sources.Single(known => known.Source == source);
        return new MunicipalDriver(client, File.ReadAllText(keys.Certificate), File.ReadAllText(keys.Key));
    }

    /// <summary>A second node of the gateway on the same database; PostgreSQL only. Stop it with <c>StopAsync</c>.</summary>
    /// <param name="own">Settings that it does not share, e.g. its evidence chain.</param>
    /// <param name="machine">The clock of the machine it runs on; null = the real one.</param>
    public async Task<WebApplication> StartSecondNodeAsync(
        IReadOnlyDictionary<string, string?>? own = null,
        TimeProvider? machine = null
    )
    {
        var url = new Uri("http://127.0.0.1:0");
        var settings = new Dictionary<string, string?>(
            Settings(_setup.GatewaySettings(url, Sandbox)),
            StringComparer.Ordinal
        );
        foreach (var (key, value) in own ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            settings[key] = value;
        }

        var node = LocalGateway.Create(
            url,
            settings,
            builder =>
            {
                UseClock(builder);
                builder.Logging.KeepFromConsole("second node");
                if (machine is not null)
                {
                    builder.Services.AddKeyedSingleton(ClusterClock.Node, machine);
                }

                _options.Adjust(builder);
            }
        );
        await node.StartAsync();
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Recorded.Dispose();
        await _database.DisposeAsync();
    }

    private static void Change(string file, Action<JsonObject>? change)
    {
        if (change is not null)
        {
            var content = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            change(content);
            File.WriteAllText(file, content.ToJsonString());
        }
    }

    /// <summary>A clock that the test moves takes the place of everything; otherwise the gateway has the time as it has it in operation.</summary>
    private void UseClock(WebApplicationBuilder builder)
    {
        if (_options.Clock is { } clock)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        }
    }

    private async Task BeginAsync()
    {
        _installation = await Installation.StartAsync(_setup, Plan(), CancellationToken.None);
        Hall = As("hall");
        Agencies = new SandboxDriver(Sandbox);
        _drivers.Add(Agencies);
    }

    private async Task EndAsync()
    {
        foreach (var driver in _drivers)
        {
            await driver.DisposeAsync();
        }

        _drivers.Clear();
        if (_installation is { } installation)
        {
            _installation = null;
            await installation.DisposeAsync();
        }
    }

    private InstallationPlan Plan() =>
        new()
        {
            Gateway = new Uri("http://127.0.0.1:0"),
            Sandbox = new Uri("http://127.0.0.1:0"),
            AgencyLatency = _options.AgencyLatency,
            Time = Time,
            Change = Settings,
            Adjust = builder =>
            {
                UseClock(builder);
                Recorded.Attach(builder);
                _options.Adjust(builder);
            },
        };

    private IReadOnlyDictionary<string, string?> Settings(IReadOnlyDictionary<string, string?> settings) =>
        new Dictionary<string, string?>(
            settings
                .Concat(Subscribed())
                .Concat(_options.Settings)
                .ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, group.Last())),
            StringComparer.Ordinal
        )
        {
            ["Gateway:Database:Provider"] = _database.Provider,
            ["Gateway:Database:ConnectionString"] = ConnectionString(),
        };

    /// <summary>By reference, because it may hold a password.</summary>
    private string ConnectionString() => Secrets.Put("database", _database.ConnectionString);

    private Dictionary<string, string?> Subscribed()
    {
        const string First = "Gateway:Notices:Subscribers:0";
        return _options.Subscriber is not { } hook
            ? []
            : new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [$"{First}:Name"] = hook.Name,
                [$"{First}:Client"] = hook.Client,
                [$"{First}:Address"] = hook.Address.ToString(),
                [$"{First}:Secret"] = Secrets.Put("hook", hook.Secret),
                [$"{First}:Cms"] = hook.Cms ? "true" : "false",
            };
    }
}
