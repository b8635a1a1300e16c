using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Integration.Benchmarks.Load;
using Integration.Try.Setup;

namespace Integration.Benchmarks;

/// <summary>Agencies, gateway and bare YARP, each a process of its own on loopback, over one directory of keys and data.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("integration-benchmark-");
    private readonly LocalSetup _setup;
    private readonly List<MeasuredProcess> _processes = [];

    private Stage() => _setup = LocalSetup.In(_directory.FullName, TimeProvider.System);

    public Uri Sandbox { get; } = FreeAddress();

    public Uri Gateway { get; } = FreeAddress();

    public Uri BareYarp { get; } = FreeAddress();

    public MeasuredProcess GatewayProcess { get; private set; } = null!;

    /// <summary>Starts everything.</summary>
    /// <param name="latency">How long every agency takes to answer.</param>
    /// <param name="gateway">The gateway's assembly, as published.</param>
    public static async Task<Stage> SetAsync(TimeSpan latency, string gateway)
    {
        var stage = new Stage();
        var folder = AppContext.BaseDirectory;
        await stage.StartAsync(
            Path.Combine(folder, "Integration.Sandbox.dll"),
            [
                .. (string[])["--urls", stage.Sandbox.ToString()],
                .. (string[])["--latency-ms", $"{latency.TotalMilliseconds:0}"],
                .. (string[])
                    ["--credentials", Path.Combine(stage._directory.FullName, "secrets", "sandbox-credentials.json")],
                .. (string[])["--secret-seconds", "86400"],
            ],
            new Uri(stage.Sandbox, "sandbox/calls")
        );
        await stage.StartAsync(
            Path.Combine(folder, "Integration.Benchmarks.dll"),
            ["bare-yarp", stage.BareYarp.ToString(), stage.Sandbox.ToString()],
            new Uri(stage.BareYarp, "sandbox/calls")
        );
        stage.GatewayProcess = await stage.StartAsync(
            gateway,
            [
                $"--urls={stage.Gateway}",
                "--Logging:LogLevel:Default=Warning",
                // The hall's own limits would be what is measured otherwise.
                "--Gateway:Limits:CallerPerSecond=100000",
                "--Gateway:Limits:CallerBurst=100000",
                .. stage
                    ._setup.GatewaySettings(stage.Gateway, stage.Sandbox)
                    .Select(setting => $"--{setting.Key}={setting.Value}"),
            ],
            new Uri(stage.Gateway, "health/ready")
        );
        return stage;
    }

    /// <summary>A client of the gateway that carries an access token of the hall.</summary>
    public async Task<HttpClient> HallAsync()
    {
        var client = NewClient(Gateway);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = CallersDraft.Hall,
                ["client_secret"] = _setup.Client(CallersDraft.Hall).Secret,
            }
        );
        using var answer = await client.PostAsync(new Uri("oauth/token", UriKind.Relative), form);
        var token = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.GetProperty("access_token").GetString());
        return client;
    }

    /// <summary>The credentials a bare proxy's client would have to carry itself.</summary>
    public (string AccessId, string AccessToken) LicenceLibrary =>
        (_setup.Agencies.LibraryAccessId, _setup.Agencies.LibraryAccessToken);

    public static HttpClient NewClient(Uri address) =>
        new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 512 })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(30),
        };

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    private async Task<MeasuredProcess> StartAsync(string assembly, IEnumerable<string> arguments, Uri readyWhen)
    {
        var process = await MeasuredProcess.StartAsync(assembly, arguments, readyWhen);
        _processes.Add(process);
        return process;
    }

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
