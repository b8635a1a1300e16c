using System.Globalization;
using System.Text;
using System.Text.Json;
using Integration.Benchmarks.Load;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Integration.Try.Setup;

namespace Integration.Benchmarks;

/// <summary>Agencies that know many enterprises, and one gateway, each a process of its own, over one database.</summary>
internal sealed class EventStage : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("integration-benchmark-");
    private readonly LocalSetup _setup;
    private readonly MeasuredDatabase _database;
    private readonly string _gateway;
    private readonly Uri _sandboxAddress = Stage.FreeAddress();
    private MeasuredProcess? _sandbox;
    private int _signed;

    private EventStage(string engine, string gateway)
    {
        _gateway = gateway;
        _setup = LocalSetup.In(_directory.FullName, TimeProvider.System);
        _database = MeasuredDatabase.Of(engine, _directory.FullName);
    }

    public Uri Gateway { get; } = Stage.FreeAddress();

    public MeasuredProcess GatewayProcess { get; private set; } = null!;

    /// <summary>Where the second node listens once it is started.</summary>
    public Uri Second { get; } = Stage.FreeAddress();

    public MeasuredProcess? SecondProcess { get; private set; }

    public MeasuredDatabase Database => _database;

    public static async Task<EventStage> SetAsync(string engine, string gateway, int enterprises)
    {
        var stage = new EventStage(engine, gateway);
        await stage._database.CreateAsync();
        var fixtures = Path.Combine(stage._directory.FullName, "fixtures.json");
        ManyEnterprises.Write(fixtures, enterprises);
        stage._sandbox = await MeasuredProcess.StartAsync(
            Path.Combine(AppContext.BaseDirectory, "Integration.Sandbox.dll"),
            [
                .. (string[])["--urls", stage._sandboxAddress.ToString()],
                .. (string[])["--fixtures", fixtures],
                .. (string[])
                    ["--credentials", Path.Combine(stage._directory.FullName, "secrets", "sandbox-credentials.json")],
                .. (string[])["--secret-seconds", "86400"],
            ],
            new Uri(stage._sandboxAddress, "sandbox/calls")
        );
        await stage.StartGatewayAsync();
        return stage;
    }

    /// <summary>Starts the gateway; <see cref="MeasuredProcess.ReadyAfter"/> says how long it took.</summary>
    public async Task StartGatewayAsync() => GatewayProcess = await StartAsync(Gateway, "node-1");

    /// <summary>Starts another node over the same database; PostgreSQL only.</summary>
    public async Task StartSecondAsync() => SecondProcess = await StartAsync(Second, "node-2");

    private Task<MeasuredProcess> StartAsync(Uri address, string chain) =>
        MeasuredProcess.StartAsync(
            _gateway,
            [
                $"--urls={address}",
                "--Logging:LogLevel:Default=Warning",
                // The senders' own limits would be what is measured otherwise.
                "--Gateway:Limits:CallerPerSecond=100000",
                "--Gateway:Limits:CallerBurst=100000",
                $"--Gateway:Evidence:Chain={chain}",
                .. Settings().Select(setting => $"--{setting.Key}={setting.Value}"),
            ],
            new Uri(address, "health/ready")
        );

    /// <summary>SIGKILL.</summary>
    public async Task KillGatewayAsync() => await GatewayProcess.DisposeAsync();

    /// <summary>A script for wrk that sends so many events, each once, and their mean size in bytes.</summary>
    public async Task<(string Script, double Bytes)> SignedAsync(int count)
    {
        await using var client = new HallDriver(
            Gateway,
            CallersDraft.Municipal,
            _setup.Client(CallersDraft.Municipal).Secret,
            TimeProvider.System
        );
        using var municipal = new MunicipalDriver(
            client,
            File.ReadAllText(_setup.Sources[0].Certificate),
            File.ReadAllText(_setup.Sources[0].Key)
        );
        var file = Path.Combine(_directory.FullName, $"events-{_signed}.txt");
        var bytes = 0L;
        await using (var lines = new StreamWriter(file, append: false, new UTF8Encoding(false)))
        {
            for (var i = 0; i < count; i++)
            {
                var body = MunicipalDriver.BytesOf(ManyEnterprises.Event(_signed++));
                var signature = municipal.Sign(body);
                bytes += body.Length + signature.Length;
                await lines.WriteLineAsync($"{Convert.ToBase64String(signature)} {Encoding.UTF8.GetString(body)}");
            }
        }

        var script = Path.ChangeExtension(file, ".lua");
        await File.WriteAllTextAsync(script, Lua(file, await client.TokenAsync()));
        return (script, (double)bytes / count);
    }

    public async Task<HttpClient> ClientAsync(string id)
    {
        var client = Stage.NewClient(Gateway);
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(id));
        return client;
    }

    /// <summary>A client's access token.</summary>
    public async Task<string> TokenAsync(string id)
    {
        await using var driver = new HallDriver(Gateway, id, _setup.Client(id).Secret, TimeProvider.System);
        return await driver.TokenAsync();
    }

    /// <summary>A script for wrk in the stage's own folder.</summary>
    public async Task<string> ScriptAsync(string name, string lua)
    {
        var file = Path.Combine(_directory.FullName, name);
        await File.WriteAllTextAsync(file, lua);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await GatewayProcess.DisposeAsync();
        if (SecondProcess is { } second)
        {
            await second.DisposeAsync();
        }

        if (_sandbox is { } sandbox)
        {
            await sandbox.DisposeAsync();
        }

        await _database.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private Dictionary<string, string?> Settings() =>
        new(_setup.GatewaySettings(Gateway, _sandboxAddress), StringComparer.Ordinal)
        {
            ["Gateway:Database:Provider"] = _database.Provider,
            ["Gateway:Database:ConnectionString"] = new SecretFolder(Path.Combine(_directory.FullName, "secrets")).Put(
                "database",
                _database.ConnectionString
            ),
        };

    /// <summary>When the list is at its end, the script goes on with events that are there already: those are not counted.</summary>
    private static string Lua(string file, string token) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            local requests = {}
            local at = 0
            function init()
              for line in io.lines({{JsonSerializer.Serialize(file)}}) do
                local cut = line:find(" ", 1, true)
                local headers = {
                  ["Authorization"] = "Bearer {{token}}",
                  ["Content-Type"] = "application/cloudevents+json",
                  ["Content-Signature"] = line:sub(1, cut - 1),
                }
                requests[#requests + 1] = wrk.format("POST", "/v1/events", headers, line:sub(cut + 1))
              end
            end
            function request()
              at = at % #requests + 1
              return requests[at]
            end

            """
        );
}
