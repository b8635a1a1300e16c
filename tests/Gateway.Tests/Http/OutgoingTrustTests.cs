using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Database;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;
using Integration.Testing.World;
using Npgsql;

namespace Integration.Gateway.Tests.Http;

/// <summary>What the certificate of a server that the gateway calls names is never asked, and it is trusted no more for it.</summary>
public sealed class OutgoingTrustTests
{
    [Fact]
    public async Task A_servers_certificate_makes_no_client_ask_an_address_and_is_not_trusted()
    {
        await using var named = new CountingListener();
        await using var server = new TlsServer(NamingCertificates.Naming(named.Address), plainBefore: 0);
        using var http = new HttpClient(OutgoingConnections.Create(TimeSpan.FromSeconds(20)));

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(server.Address));

        Assert.Equal(HttpRequestError.SecureConnectionError, refused.HttpRequestError);
        Assert.Equal(0, named.Connections);
    }

    /// <summary>What the others would do: so the listener would have seen it.</summary>
    [Fact]
    public async Task A_client_that_was_made_elsewhere_would_ask()
    {
        await using var named = new CountingListener();
        await using var server = new TlsServer(NamingCertificates.Naming(named.Address), plainBefore: 0);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        var asking = http.GetAsync(server.Address, TestContext.Current.CancellationToken);

        await Eventually.GetAsync("a download", () => Task.FromResult(named.Connections), count => count > 0);
        await named.DisposeAsync(); // lets it go on
        await Assert.ThrowsAsync<HttpRequestException>(() => asking);
    }

    [Fact]
    public async Task A_database_whose_certificate_names_addresses_makes_nobody_ask_them()
    {
        await using var named = new CountingListener();
        // PostgreSQL: 8 bytes ask for TLS, one letter grants it.
        await using var server = new TlsServer(NamingCertificates.Naming(named.Address), plainBefore: 8);
        await using var source = PostgresTls.DataSourceOf(
            $"Host=127.0.0.1;Port={server.Address.Port};Username=nobody;SSL Mode=VerifyFull;Timeout=20"
        );

        await Assert.ThrowsAsync<NpgsqlException>(async () => await source.OpenConnectionAsync());

        Assert.True(server.Handshakes > 0);
        Assert.Equal(0, named.Connections);
    }

    [Fact]
    public async Task A_server_that_is_trusted_by_the_machine_would_still_be()
    {
        var tls = new SslClientAuthenticationOptions();
        OutgoingConnections.TrustWithoutDownloads(tls);

        Assert.Equal(X509ChainTrustMode.System, tls.CertificateChainPolicy!.TrustMode);
        Assert.Equal(X509VerificationFlags.NoFlag, tls.CertificateChainPolicy.VerificationFlags);
        Assert.Null(tls.RemoteCertificateValidationCallback);
        await Task.CompletedTask;
    }

    /// <summary>Does the handshake of each connection and then hangs up.</summary>
    private sealed class TlsServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly X509Certificate2 _certificate;
        private readonly int _plainBefore;
        private readonly CancellationTokenSource _end = new();
        private readonly Task _serving;

        public TlsServer(X509Certificate2 certificate, int plainBefore)
        {
            (_certificate, _plainBefore) = (certificate, plainBefore);
            _listener.Start();
            _serving = ServeAsync();
        }

        public int Handshakes { get; private set; }

        public Uri Address => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _serving;
            _listener.Dispose();
            _certificate.Dispose();
            _end.Dispose();
        }

        private async Task ServeAsync()
        {
            var context = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true);
            while (!_end.IsCancellationRequested)
            {
                try
                {
                    using var socket = await _listener.AcceptSocketAsync(_end.Token);
                    await using var stream = new NetworkStream(socket);
                    if (_plainBefore > 0)
                    {
                        await stream.ReadExactlyAsync(new byte[_plainBefore], _end.Token);
                        await stream.WriteAsync("S"u8.ToArray(), _end.Token);
                    }

                    await using var tls = new SslStream(stream);
                    Handshakes++;
                    await tls.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions { ServerCertificateContext = context },
                        _end.Token
                    );
                    _ = await tls.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, _end.Token);
                }
                catch (Exception ended)
                    when (ended
                            is OperationCanceledException
                                or IOException
                                or System.Security.Authentication.AuthenticationException
                    )
                {
                    // the client does not trust us, as it should; or the test has ended
                }
            }
        }
    }
}
