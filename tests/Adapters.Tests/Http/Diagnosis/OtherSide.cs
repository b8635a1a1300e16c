using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.Http.Diagnosis;

/// <summary>A server on loopback that answers as the test wants, over TLS with a certificate that no machine trusts when asked to.</summary>
internal sealed class OtherSide : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2? _certificate;

    private OtherSide(WebApplication app, X509Certificate2? certificate) => (_app, _certificate) = (app, certificate);

    /// <summary>A clock for the diagnosis that stands still.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));

    public Uri Address { get; private set; } = null!;

    public Action<HttpContext> Answer { get; set; } = _ => { };

    /// <summary>Set: it never answers, and says here that a request has arrived.</summary>
    public SemaphoreSlim? Hangs { get; set; }

    public static async Task<OtherSide> StartAsync(TimeSpan? certificateFor = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var certificate = certificateFor is { } life ? Certificate(life) : null;
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    listen.Protocols = HttpProtocols.Http1;
                    if (certificate is not null)
                    {
                        listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
                    }
                }
            )
        );
        var app = builder.Build();
        var side = new OtherSide(app, certificate);
        app.Run(side.ServeAsync);
        await app.StartAsync();
        side.Address = new Uri(app.Urls.First());
        return side;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate?.Dispose();
    }

    private async Task ServeAsync(HttpContext http)
    {
        if (Hangs is { } hangs)
        {
            hangs.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        }

        Answer(http);
    }

    private static X509Certificate2 Certificate(TimeSpan life)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=elsewhere.test", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now + life);
    }
}
