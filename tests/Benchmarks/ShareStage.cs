using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Benchmarks.Load;
using Integration.Try.Setup;

namespace Integration.Benchmarks;

/// <summary>One side of the comparison.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Url">What wrk asks.</param>
/// <param name="Script">Lua that makes the request.</param>
/// <param name="WarmUpSeconds">Until it is as fast as it gets.</param>
/// <param name="Process">The process in the middle, where it is one of ours.</param>
internal sealed record Side(string Name, Uri Url, string Script, int WarmUpSeconds, MeasuredProcess? Process = null);

/// <summary>One agency, and every way to it that is compared, each a process of its own on loopback.</summary>
internal sealed class ShareStage : IAsyncDisposable
{
    public const string BareYarp = "bare YARP";

    private const string Question = """{"unitNumber":"421022001001GB00001F00010001"}""";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("integration-benchmark-");
    private readonly LocalSetup _setup;
    private readonly List<IAsyncDisposable> _processes = [];
    private readonly Uri _agency = Stage.FreeAddress();
    private string _token = string.Empty;

    private ShareStage() => _setup = LocalSetup.In(_directory.FullName, TimeProvider.System);

    public IReadOnlyList<Side> Sides { get; private set; } = [];

    public Uri Gateway { get; } = Stage.FreeAddress();

    public MeasuredProcess GatewayProcess { get; private set; } = null!;

    public static async Task<ShareStage> SetAsync(string gateway)
    {
        var stage = new ShareStage();
        var benchmarks = Path.Combine(AppContext.BaseDirectory, "Integration.Benchmarks.dll");
        var (bare, unrecorded, nginx, haproxy) = (
            Stage.FreeAddress(),
            Stage.FreeAddress(),
            Stage.FreeAddress(),
            Stage.FreeAddress()
        );
        await stage.StartAsync(benchmarks, ["share-backend", $"{stage._agency}"], new Uri(stage._agency, "ready"));
        var yarp = await stage.StartAsync(
            benchmarks,
            ["bare-yarp", $"{bare}", $"{stage._agency}"],
            new Uri(bare, "ready")
        );
        stage.WidenGrants();
        stage.GatewayProcess = await stage.StartGatewayAsync(gateway, [], stage.Gateway, "gateway");
        var thrownAway = await stage.StartGatewayAsync(
            benchmarks,
            ["without-evidence"],
            unrecorded,
            "unrecorded",
            runtimeOf: gateway
        );
        await stage.StartProxyAsync(
            "nginx",
            nginx,
            ["-c", stage.Write("nginx.conf", Nginx(nginx, stage._agency, stage._directory.FullName)), "-e", "stderr"]
        );
        await stage.StartProxyAsync(
            "haproxy",
            haproxy,
            ["-f", stage.Write("haproxy.cfg", HaProxy(haproxy, stage._agency))]
        );
        stage._token = await stage.TokenAsync();
        var (plain, shared) = (stage.Script("plain", []), stage.Script("shared", stage.Headers()));
        stage.Sides =
        [
            new Side("direct", new Uri(stage._agency, "api/resource/query"), plain, 3),
            new Side(BareYarp, new Uri(bare, "api/resource/query"), plain, 6, yarp),
            new Side("nginx", new Uri(nginx, "api/resource/query"), plain, 2),
            new Side("HAProxy", new Uri(haproxy, "api/resource/query"), plain, 2),
            new Side(
                "sharing plane",
                new Uri(stage.Gateway, "share/grid-capacity/query"),
                shared,
                25,
                stage.GatewayProcess
            ),
            new Side(
                "sharing plane, evidence thrown away",
                new Uri(unrecorded, "share/grid-capacity/query"),
                shared,
                25,
                thrownAway
            ),
        ];
        return stage;
    }

    public HttpRequestMessage LargeRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "share/grid-capacity/large");
        foreach (var (name, value) in Headers())
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = new StringContent(Question, Encoding.UTF8, "application/json");
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    /// <summary>The agency's real limits would be what is measured otherwise.</summary>
    private IEnumerable<string> Settings(Uri gateway, string name) =>
        _setup
            .GatewaySettings(gateway, _agency)
            .Concat(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Agencies:grid-resource:BaseAddress"] = $"{_agency}",
                    ["Agencies:grid-resource:Limits:Parallel"] = "1000",
                    ["Agencies:grid-resource:Limits:Waiting"] = "10000",
                    ["Gateway:Limits:CallerPerSecond"] = "100000",
                    ["Gateway:Limits:CallerBurst"] = "100000",
                    ["Gateway:Limits:CallerAtOnce"] = "1000",
                    ["Gateway:Database:ConnectionString"] =
                        $"Data Source={Path.Combine(_directory.FullName, $"{name}.sqlite")}",
                }
            )
            .ToLookup(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal)
            .Select(setting => $"--{setting.Key}={setting.Last()}");

    private async Task<MeasuredProcess> StartGatewayAsync(
        string assembly,
        string[] first,
        Uri address,
        string name,
        string? runtimeOf = null
    ) =>
        await StartAsync(
            assembly,
            [.. first, $"--urls={address}", "--Logging:LogLevel:Default=Warning", .. Settings(Gateway, name)],
            new Uri(address, "health/ready"),
            runtimeOf
        );

    /// <summary>The large answer is one operation more; the hall is granted it too.</summary>
    private void WidenGrants()
    {
        var catalogue = JsonNode.Parse(File.ReadAllText(_setup.CatalogueFile))!;
        var grid = catalogue["resources"]!.AsArray().Single(resource => $"{resource!["resource"]}" == "grid-capacity")!;
        var large = grid["operations"]![0]!.DeepClone();
        (large["operation"], large["path"], large["target"]) = ("large", "large", "large");
        large["limits"] = new JsonObject { ["answerBytes"] = 1024 * 1024 * 1024, ["seconds"] = 30 };
        grid["operations"]!.AsArray().Add(large);
        File.WriteAllText(_setup.CatalogueFile, catalogue.ToJsonString());

        var callers = JsonNode.Parse(File.ReadAllText(_setup.CallersFile))!;
        var grant = callers["grants"]!.AsArray().Single(grant => $"{grant!["service"]}" == "share:grid-capacity")!;
        grant["paths"]!.AsArray().Add("large");
        File.WriteAllText(_setup.CallersFile, callers.ToJsonString());
    }

    private async Task<string> TokenAsync()
    {
        using var client = Stage.NewClient(Gateway);
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
        return token.GetProperty("access_token").GetString()!;
    }

    private IEnumerable<(string Name, string Value)> Headers() =>
        [
            ("Authorization", $"Bearer {_token}"),
            ("X-Case-Id", "BENCH-000001"),
            ("X-Purpose", "electricity.new-connection"),
            ("X-Basis", "consent; reference=\"CONSENT-BENCH\"; grantedAt=\"2026-01-05T09:00:00+08:00\""),
        ];

    private string Script(string name, IEnumerable<(string Name, string Value)> headers) =>
        Write(
            $"{name}.lua",
            $"""
            wrk.method = "POST"
            wrk.body = '{Question}'
            wrk.headers["Content-Type"] = "application/json"
            {string.Join('\n', headers.Select(header => $"wrk.headers[\"{header.Name}\"] = '{header.Value}'"))}
            """
        );

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Nginx(Uri listenOn, Uri agency, string folder) =>
        $$"""
            daemon off;
            worker_processes 2;
            pid {{folder}}/nginx.pid;
            error_log stderr crit;
            events { worker_connections 2048; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/b; proxy_temp_path {{folder}}/p; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
              keepalive_requests 1000000000;
              upstream agency { server {{agency.Authority}}; keepalive 512; keepalive_requests 1000000000; }
              server {
                listen {{listenOn.Authority}};
                location / { proxy_pass http://agency; proxy_http_version 1.1; proxy_set_header Connection ""; }
              }
            }
            """;

    private static string HaProxy(Uri listenOn, Uri agency) =>
        $"""
            global
              nbthread 2
              maxconn 4096
            defaults
              mode http
              timeout connect 5s
              timeout client 30s
              timeout server 30s
              http-reuse always
            frontend all
              bind {listenOn.Authority}
              default_backend agency
            backend agency
              server one {agency.Authority}

            """;

    private async Task StartProxyAsync(string program, Uri address, string[] arguments)
    {
        var process =
            Process.Start(new ProcessStartInfo(program, arguments))
            ?? throw new InvalidOperationException($"{program} did not start; it is a package of Debian.");
        _processes.Add(new StoppedWithTheStage(process));
        await MeasuredProcess.WaitUntilReadyAsync(process, program, new Uri(address, "ready"));
    }

    private async Task<MeasuredProcess> StartAsync(
        string assembly,
        IEnumerable<string> arguments,
        Uri readyWhen,
        string? runtimeOf = null
    )
    {
        var process = await MeasuredProcess.StartAsync(assembly, arguments, readyWhen, runtimeOf);
        _processes.Add(process);
        return process;
    }

    private sealed class StoppedWithTheStage(Process process) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
