using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Http;

/// <summary>
/// TLS of every listener. A client may show any certificate, or none: whose it is, and whether it is good, is judged with the
/// request (<c>Callers</c>), by its digest. The TLS stack builds a chain for it all the same, before anything of the gateway
/// sees it, and would ask the addresses that the certificate names; that is off, for the listener's own certificate too.
/// </summary>
internal static class ListenerTls
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Nothing is trusted by it, nothing is looked for outside of what the client sent, and nothing is asked.</summary>
    private static readonly X509ChainPolicy s_nothingDownloaded = new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        UrlRetrievalTimeout = TimeSpan.FromMilliseconds(1),
    };

    /// <summary>What holds for https unless a listener says otherwise; the chain policy holds for every listener.</summary>
    public static void AddListenerTls(this IServiceCollection services) =>
        services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureHttpsDefaults(AskForCertificate));

    /// <summary>For an endpoint of the configuration, whose certificate is known: also its own chain is built without downloads.</summary>
    public static void UseHttpsWithoutDownloads(this ListenOptions listen, HttpsConnectionAdapterOptions https)
    {
        if (https is { ServerCertificate: { } certificate, ServerCertificateSelector: null })
        {
            Present(certificate, https);
        }

        WithoutDownloads(https);
        listen.UseHttps(https);
    }

    /// <summary>
    /// Whether a connection has TLS that was set up past these rules, as with options of its own in code; false for one
    /// without TLS.
    /// </summary>
    public static bool IsUnruled(ConnectionContext connection) =>
        connection.Features.Get<ITlsHandshakeFeature>() is not null && connection.Features.Get<Ruled>() is null;

    /// <summary>The handshake takes any certificate, or none: the answer to a wrong one is a 401 that says so.</summary>
    private static void AskForCertificate(HttpsConnectionAdapterOptions https)
    {
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.AllowAnyClientCertificate();
        WithoutDownloads(https);
    }

    private static void WithoutDownloads(HttpsConnectionAdapterOptions https)
    {
        https.CheckCertificateRevocation = false;
        https.OnAuthenticate += Rule;
    }

    private static void Rule(ConnectionContext connection, SslServerAuthenticationOptions tls)
    {
        tls.CertificateChainPolicy = s_nothingDownloaded;
        connection.Features.Set(Ruled.Instance);
    }

    /// <summary>Kestrel would build the chain to present, and fetch an OCSP answer to staple, from what the certificate names.</summary>
    private static void Present(X509Certificate2 certificate, HttpsConnectionAdapterOptions https)
    {
        RefuseOtherPurpose(certificate);
        var context = SslStreamCertificateContext.Create(certificate, https.ServerCertificateChain, offline: true);
        https.ServerCertificateSelector = (_, _) => certificate;
        https.OnAuthenticate += (_, tls) =>
        {
            tls.ServerCertificateSelectionCallback = null;
            tls.ServerCertificateContext = context;
        };
    }

    /// <summary>As Kestrel does where it builds the chain itself.</summary>
    private static void RefuseOtherPurpose(X509Certificate2 certificate)
    {
        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList();
        if (usages.Count > 0 && !usages.Exists(usage => usage.EnhancedKeyUsages[ServerAuthentication] is not null))
        {
            throw new OptionsValidationException(
                "Kestrel:Endpoints",
                typeof(KestrelServerOptions),
                ["Kestrel:Endpoints: the certificate is not for servers (extended key usage without serverAuth)."]
            );
        }
    }

    /// <summary>A feature of a connection whose handshake was ruled here.</summary>
    private sealed class Ruled
    {
        public static readonly Ruled Instance = new();
    }
}
