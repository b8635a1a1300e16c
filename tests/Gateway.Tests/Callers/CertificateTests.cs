using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Integration.Gateway.Tests.Callers;

/// <summary>Mutual TLS over real TLS on loopback.</summary>
public sealed class CertificateTests
{
    private const string Hall = "hall";
    private const string Other = "other";

    [Theory]
    [InlineData("certificate", true, false, 200)]
    [InlineData("certificate", false, true, 401)]
    [InlineData("certificate", false, false, 401)]
    [InlineData("token", false, true, 200)]
    [InlineData("token", true, true, 200)]
    [InlineData("token", true, false, 401)]
    [InlineData("either", true, false, 200)]
    [InlineData("either", false, true, 200)]
    [InlineData("either", false, false, 401)]
    [InlineData("both", true, true, 200)]
    [InlineData("both", true, false, 401)]
    [InlineData("both", false, true, 401)]
    public async Task A_client_must_show_all_that_it_has_to(string require, bool certificate, bool token, int status)
    {
        await using var scene = await Scene.StartAsync("either");
        var bearer = await scene.TokenAsync(Hall);
        scene.Write(require, enabled: true);
        Assert.Empty(await scene.Host.Directory.ReloadAsync(TestContext.Current.CancellationToken));
        using var http = scene.Client(certificate ? scene.HallCertificate : null);

        using var answer = await OAuth.GetAsync(http, "/who", token ? [$"Bearer {bearer}"] : []);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_certificate_of_one_client_with_the_token_of_another_is_refused()
    {
        await using var scene = await Scene.StartAsync("either");
        var token = await scene.TokenAsync(Other);
        using var http = scene.Client(scene.HallCertificate);

        using var answer = await OAuth.GetAsync(http, "/who", $"Bearer {token}");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_certificate_is_refused_even_with_a_good_token()
    {
        await using var scene = await Scene.StartAsync("either");
        var token = await scene.TokenAsync(Hall);
        using var unknown = scene.Certificate("hall");
        using var http = scene.Client(unknown);

        using var answer = await OAuth.GetAsync(http, "/who", $"Bearer {token}");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_pinned_certificate_counts_within_its_own_validity_only()
    {
        await using var scene = await Scene.StartAsync("either");
        using var http = scene.Client(scene.HallCertificate);

        using var good = await OAuth.GetAsync(http, "/who");
        scene.Host.Setup.Time.Advance(TimeSpan.FromHours(3));
        using var expired = await OAuth.GetAsync(http, "/who");

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
    }

    [Fact]
    public async Task The_certificate_of_a_disabled_client_is_refused_on_an_open_connection_too()
    {
        await using var scene = await Scene.StartAsync("either");
        using var http = scene.Client(scene.HallCertificate);
        using var good = await OAuth.GetAsync(http, "/who");

        scene.Write("either", enabled: false);
        Assert.Empty(await scene.Host.Directory.ReloadAsync(TestContext.Current.CancellationToken));
        using var refused = await OAuth.GetAsync(http, "/who");

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData("/who")]
    [InlineData("/open")]
    [InlineData("/no-such-route")]
    [InlineData("/oauth/token")]
    [InlineData("/%6fpen")]
    public async Task Where_a_certificate_is_required_every_route_answers_401_without_one(string path)
    {
        await using var scene = await Scene.StartAsync("either", required: true);
        using var without = scene.Client(certificate: null);
        using var unknown = scene.Certificate("hall");
        using var withUnknown = scene.Client(unknown);
        using var with = scene.Client(scene.HallCertificate);

        using var refused = await OAuth.GetAsync(without, path);
        using var refusedToo = await OAuth.GetAsync(withUnknown, path);
        using var known = await OAuth.GetAsync(with, path);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refusedToo.StatusCode);
        Assert.NotEqual(HttpStatusCode.Unauthorized, known.StatusCode);
    }

    [Fact]
    public async Task A_client_of_both_factors_gets_a_token_only_over_its_own_certificate()
    {
        await using var scene = await Scene.StartAsync("both");
        using var without = scene.Client(certificate: null);
        using var with = scene.Client(scene.HallCertificate);

        using var refused = await OAuth.AskAsync(without, Hall, CallersFileBuilder.Secret);
        using var another = await OAuth.AskAsync(with, Other, CallersFileBuilder.Secret);
        using var good = await OAuth.AskAsync(with, Hall, CallersFileBuilder.Secret);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, another.StatusCode);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    /// <summary>A TLS host with the client hall (pinned certificate and secret) and the client other (secret).</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly CallersFileBuilder _setup = new() { AllowHttp = false };
        private readonly X509 _server;

        private Scene()
        {
            _server = Certificate("localhost");
            HallCertificate = Certificate("hall");
        }

        public X509 HallCertificate { get; }

        public CallersDriver Host { get; private set; } = null!;

        public static async Task<Scene> StartAsync(string require, bool required = false)
        {
            var scene = new Scene();
            scene.Write(require, enabled: true);
            scene._setup.Extra["Gateway:Certificates:Required"] = required ? "true" : "false";
            scene.Host = await CallersDriver.StartAsync(scene._setup, scene._server);
            return scene;
        }

        public void Write(string require, bool enabled) =>
            _setup.Write(file =>
            {
                var hall = file["clients"]![0]!;
                hall["require"] = require;
                hall["enabled"] = enabled;
                hall["certificates"] = new JsonArray(HallCertificate.Thumbprint);
                file["clients"]!.AsArray().Add(_setup.Client(Other));
            });

        public X509 Certificate(string name)
        {
            var now = _setup.Time.GetUtcNow();
            // Short, because a fake clock fires every tick of every periodic timer on its way.
            return new X509(name, now.AddDays(-1), now.AddHours(2));
        }

        public HttpClient Client(X509? certificate)
        {
            var trust = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { _server.Certificate },
                VerificationTime = _setup.Time.GetUtcNow().UtcDateTime,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            var tls = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = trust,
                ClientCertificates = certificate is null ? null : [certificate.Certificate],
            };
            return new HttpClient(new SocketsHttpHandler { SslOptions = tls }) { BaseAddress = Host.Address };
        }

        public async Task<string> TokenAsync(string client)
        {
            using var http = Client(client == Hall ? HallCertificate : null);
            return await OAuth.TokenAsync(http, client);
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            HallCertificate.Dispose();
            _server.Dispose();
        }
    }
}
