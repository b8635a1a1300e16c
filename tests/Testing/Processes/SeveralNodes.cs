using System.Data.Common;
using System.Net.Http.Headers;
using Integration.Sandbox;
using Integration.Testing.Databases;
using Integration.Testing.World;
using Integration.Try.Setup;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Integration.Testing.Processes;

/// <summary>Gateways in processes of their own over one database, and the agencies in this process with many enterprises.</summary>
public sealed class SeveralNodes : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly LocalSetup _setup;
    private readonly WebApplication _sandbox;
    private readonly List<GatewayProcess> _nodes = [];

    private SeveralNodes(TestDatabase database, LocalSetup setup, WebApplication sandbox, Uri address)
    {
        (_database, _setup, _sandbox) = (database, setup, sandbox);
        Agencies = new Drivers.SandboxDriver(address);
    }

    /// <summary>The agencies' switches and lists.</summary>
    public Drivers.SandboxDriver Agencies { get; }

    public IReadOnlyList<GatewayProcess> Nodes => _nodes;

    /// <summary>Starts everything.</summary>
    /// <param name="engine">SQLite bears one node.</param>
    /// <param name="nodes">How many gateways.</param>
    /// <param name="enterprises">How many enterprises the agencies know (<see cref="ManyEnterprises"/>).</param>
    /// <param name="output">Where the gateways' output goes (<see cref="GatewayProcess.Output"/>); then they say more, too.</param>
    public static async Task<SeveralNodes> StartAsync(Engine engine, int nodes, int enterprises, string? output = null)
    {
        TestDatabase database = engine == Engine.PostgreSql ? new PostgresTestDatabase() : new SqliteTestDatabase();
        await database.CreateAsync();
        var setup = LocalSetup.In(database.Folder, TimeProvider.System);
        var fixtures = Path.Combine(database.Folder, "fixtures.json");
        ManyEnterprises.Write(fixtures, enterprises);
        var sandboxAddress = GatewayProcess.FreeAddress();
        var sandbox = SandboxApp.Create(
            new SandboxSettings
            {
                Urls = [sandboxAddress.ToString()],
                FixturesFile = fixtures,
                Credentials = setup.Agencies,
            }
        );
        await sandbox.StartAsync();
        var all = new SeveralNodes(database, setup, sandbox, sandboxAddress);
        for (var i = 0; i < nodes; i++)
        {
            var settings = all.Settings(i, sandboxAddress);
            if (output is not null)
            {
                settings["Logging:LogLevel:Default"] = "Trace";
            }

            all._nodes.Add(new GatewayProcess(settings) { Output = output });
        }

        await Task.WhenAll(all._nodes.Select(node => node.StartAsync()));
        return all;
    }

    /// <summary>A client's access token; any node takes it.</summary>
    public async Task<string> TokenAsync(string client, GatewayProcess node)
    {
        await using var driver = new Drivers.HallDriver(
            node.Address,
            client,
            _setup.Client(client).Secret,
            TimeProvider.System
        );
        return await driver.TokenAsync();
    }

    /// <summary>A municipal system; only its signature is used.</summary>
    public Drivers.MunicipalDriver Municipal()
    {
        var source = _setup.Sources[0];
        var driver = new Drivers.HallDriver(
            _nodes[0].Address,
            CallersDraft.Municipal,
            _setup.Client(CallersDraft.Municipal).Secret,
            TimeProvider.System
        );
        return new Drivers.MunicipalDriver(driver, File.ReadAllText(source.Certificate), File.ReadAllText(source.Key));
    }

    /// <summary>A client of one node with a token.</summary>
    public static HttpClient ClientOf(GatewayProcess node, string token)
    {
        var client = new HttpClient { BaseAddress = node.Address, Timeout = TimeSpan.FromSeconds(15) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Reads the database past the gateway.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using DbConnection connection =
            _database.Provider == "sqlite"
                ? new SqliteConnection(_database.ConnectionString)
                : new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>A time as the engine stores it.</summary>
    public DateTimeOffset TimeOf(DbDataReader reader, int column) =>
        _database.Provider == "sqlite"
            ? new DateTimeOffset(reader.GetInt64(column), TimeSpan.Zero)
            : reader.GetFieldValue<DateTimeOffset>(column);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Agencies.DisposeAsync();
        await _sandbox.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Dictionary<string, string?> Settings(int index, Uri sandbox) =>
        new(_setup.GatewaySettings(new Uri("http://127.0.0.1:1/"), sandbox), StringComparer.Ordinal)
        {
            ["Gateway:Database:Provider"] = _database.Provider,
            ["Gateway:Database:ConnectionString"] = new SecretFolder(Path.Combine(_database.Folder, "secrets")).Put(
                "database",
                _database.ConnectionString
            ),
            ["Gateway:Evidence:Chain"] = $"node-{index}",
            ["Gateway:Limits:CallerPerSecond"] = "100000",
            ["Gateway:Limits:CallerBurst"] = "100000",
            ["Agencies:water:PollEvery"] = "00:00:02",
            ["Agencies:gas:PollEvery"] = "00:00:02",
            ["Logging:LogLevel:Default"] = "Warning",
        };
}
