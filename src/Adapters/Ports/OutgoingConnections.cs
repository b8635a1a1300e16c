using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Adapters.Ports;

/// <summary>
/// The one place where connections to others are made: to agencies, subscribers, collectors and the database. A server's
/// certificate is trusted as by default (its name, and a chain to the machine's roots), but nothing that a certificate names is
/// ever asked: no issuer (<c>authorityInfoAccess</c>), no revocation list, no OCSP. Otherwise any server that shows a certificate could
/// make the gateway ask an address inside, and wait for it.
/// </summary>
public static class OutgoingConnections
{
    private static readonly TimeSpan s_connectionLife = TimeSpan.FromMinutes(5);

    /// <summary>A handler that goes straight to its address: no redirect, proxy, cookie, decompression or trace header.</summary>
    /// <param name="connectTime">How long a connection may take to be made, TLS included.</param>
    public static SocketsHttpHandler Create(TimeSpan connectTime) => Restrict(new SocketsHttpHandler(), connectTime);

    /// <summary>The same rules for a handler that a library made.</summary>
    public static SocketsHttpHandler Restrict(SocketsHttpHandler handler, TimeSpan connectTime)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.UseProxy = false;
        handler.AutomaticDecompression = DecompressionMethods.None;
        handler.ConnectTimeout = connectTime;
        handler.MaxResponseHeadersLength = 32;
        // A handler may live for ever, so that connections are renewed for DNS instead.
        handler.PooledConnectionLifetime = s_connectionLife;
        // The other side learns nothing of our traces.
        handler.ActivityHeadersPropagator = null;
        TrustWithoutDownloads(handler.SslOptions);
        return handler;
    }

    /// <summary>
    /// For a TLS client that is no HTTP handler. What the options say of the name and of a decision of their own stays.
    /// </summary>
    public static void TrustWithoutDownloads(SslClientAuthenticationOptions tls) =>
        tls.CertificateChainPolicy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            UrlRetrievalTimeout = TimeSpan.FromMilliseconds(1),
        };
}
