using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Integration.Gateway.Platform.Http.Front;
using Integration.Testing;
using Integration.Testing.Recording;
using Integration.Testing.World;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Integration.Gateway.Tests.Http;

/// <summary>
/// What a certificate names is never asked, on whichever side it is shown: its issuer, its revocation list, its OCSP responder. A listener
/// stands at the address that the certificates name and counts.
/// </summary>
public sealed class CertificateDownloadTests
{
    [Theory]
    [InlineData("NoCertificate")]
    [InlineData("AllowCertificate")]
    [InlineData("RequireCertificate")]
    [InlineData("DelayCertificate")]
    public async Task A_strangers_certificate_makes_no_listener_ask_an_address(string mode)
    {
        await using var named = new CountingListener();
        using var stranger = NamingCertificates.Naming(named.Address);
        await using var scene = await Scene.StartAsync(("Kestrel:Endpoints:Callers:ClientCertificateMode", mode));

        var answer = await scene.GetAsync("/health/live", stranger);

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(0, named.Connections);
    }

    [Fact]
    public async Task A_hundred_certificates_whose_addresses_never_answer_hold_nobody_up()
    {
        await using var named = new CountingListener();
        using var stranger = NamingCertificates.Naming(named.Address);
        await using var scene = await Scene.StartAsync();

        var strangers = Enumerable.Range(0, 100).Select(_ => scene.GetAsync("/health/live", stranger)).ToList();
        using var alive = await scene.Plain.GetAsync("/health/live", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.All(await Task.WhenAll(strangers), answer => Assert.Contains(" 200 ", answer, StringComparison.Ordinal));
        Assert.Equal(0, named.Connections);
    }

    [Fact]
    public async Task A_listeners_own_certificate_makes_it_ask_no_address_either()
    {
        await using var named = new CountingListener();
        using var own = NamingCertificates.Naming(named.Address);
        await using var scene = await Scene.StartAsync(own);

        var answer = await scene.GetAsync("/health/live", certificate: null);

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(0, named.Connections);
    }

    [Fact]
    public async Task A_certificate_that_is_not_for_servers_stops_the_start()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new CertificateRequest("CN=mail", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.4")], critical: false)
        );
        var now = TimeProvider.System.GetUtcNow();
        using var mail = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        var refusal = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            Scene.StartAsync(mail)
        );

        Assert.Contains("serverAuth", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Its handshake is not ours to rule; that nothing is served makes it seen at once.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_listener_whose_TLS_was_set_up_past_the_rules_serves_nothing(bool callback)
    {
        using var certificate = NamingCertificates.Naming(new Uri("http://127.0.0.1:9/"));
        await using var host = await ServiceHost.StartHttpAsync(
            map: null,
            builder =>
                builder.WebHost.ConfigureKestrel(kestrel =>
                    kestrel.Listen(
                        IPAddress.Loopback,
                        0,
                        listen =>
                        {
                            _ = callback
                                ? listen.UseHttps(
                                    new TlsHandshakeCallbackOptions
                                    {
                                        OnConnection = _ =>
                                            new(new SslServerAuthenticationOptions { ServerCertificate = certificate }),
                                    }
                                )
                                : listen.UseHttps(
                                    new HttpsConnectionAdapterOptions { ServerCertificate = certificate }
                                );
                            listen.UseFrontFilter();
                        }
                    )
                )
        );

        var answer = await Scene.GetAsync(host.Address.Port, "/health/live", certificate: null);

        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Single(host.Logs.Entries, entry => entry.Event == 1031);
    }

    /// <summary>The platform on a TLS listener of the settings, and on one without TLS.</summary>
    private sealed class Scene(ServiceHost host, DirectoryInfo folder) : IAsyncDisposable
    {
        public HttpClient Plain { get; } =
            new()
            {
                BaseAddress = new Uri(host.App.Urls.Single(url => url.StartsWith("http:", StringComparison.Ordinal))),
            };

        public static async Task<Scene> StartAsync(params (string, string)[] settings)
        {
            using var certificate = NamingCertificates.Naming(new Uri("http://127.0.0.1:9/"));
            return await StartAsync(certificate, settings);
        }

        public static async Task<Scene> StartAsync(X509Certificate2 server, params (string, string)[] settings)
        {
            var folder = Directory.CreateTempSubdirectory("certificate-downloads");
            var file = Path.Combine(folder.FullName, "server.pfx");
            await File.WriteAllBytesAsync(file, server.Export(X509ContentType.Pfx));
            var host = await ServiceHost.StartHttpAsync(
                map: null,
                add: null,
                [
                    ("Kestrel:Endpoints:Callers:Url", "https://127.0.0.1:0"),
                    ("Kestrel:Endpoints:Callers:Certificate:Path", file),
                    ("Kestrel:Endpoints:Probes:Url", "http://127.0.0.1:0"),
                    .. settings,
                ]
            );
            return new Scene(host, folder);
        }

        public Task<string> GetAsync(string path, X509Certificate2? certificate) =>
            GetAsync(
                new Uri(host.App.Urls.Single(url => url.StartsWith("https:", StringComparison.Ordinal))).Port,
                path,
                certificate
            );

        /// <summary>One request; the client itself fetches nothing.</summary>
        public static async Task<string> GetAsync(int port, string path, X509Certificate2? certificate)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await using var tls = new SslStream(socket.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "127.0.0.1",
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        DisableCertificateDownloads = true,
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                    ClientCertificateContext = certificate is null
                        ? null
                        : SslStreamCertificateContext.Create(certificate, null, offline: true),
                }
            );
            await tls.WriteAsync(
                Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            );
            using var reader = new StreamReader(tls);
            return await reader.ReadToEndAsync();
        }

        public async ValueTask DisposeAsync()
        {
            Plain.Dispose();
            await host.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
