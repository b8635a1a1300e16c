using System.Diagnostics.Metrics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Integration.Testing.World;

namespace Integration.Gateway.Tests.Callers;

/// <summary>
/// A stranger's certificate may hold anything: it is refused and counted, by the request (401) or, where the TLS stack takes it
/// no further, by the handshake. It is never an exception, and the next caller is served.
/// </summary>
public sealed class OddCertificateTests
{
    [Theory]
    [InlineData("60 KB of one extension")]
    [InlineData("3,000 names")]
    [InlineData("an unknown critical extension")]
    [InlineData("an extension that cannot be read")]
    [InlineData("a negative number")]
    [InlineData("a number of 20 bytes of 255")]
    [InlineData("valid until the year 9999")]
    [InlineData("a key on P-521")]
    [InlineData("a key on brainpoolP256r1")]
    [InlineData("a name of 50 KB")]
    public async Task It_is_refused_and_counted_and_nobody_else_is_held_up(string kind)
    {
        using var server = Server();
        using var odd = Odd(kind);
        var setup = new CallersFileBuilder { AllowHttp = false };
        setup.Write(_ => { });
        await using var host = await CallersDriver.StartAsync(setup, server);
        using var counted = new Counted(host.Meters);

        var answer = await GetAsync(host, odd);

        if (answer is null)
        {
            Assert.Equal(0, counted.Refusals); // Kestrel counts handshakes that fail, in kestrel_tls_handshake_duration
        }
        else
        {
            Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
            Assert.Equal(1, counted.Refusals);
        }

        Assert.StartsWith("HTTP/1.1 200 ", await GetAsync(host, certificate: null, "/open"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            setup.Logs.Entries,
            entry => entry.ToString().Contains("Unhandled exception", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_chain_of_forty_that_leads_nowhere_is_refused_and_counted()
    {
        using var server = Server();
        using var odd = NamingCertificates.Naming(new Uri("http://127.0.0.1:9/"));
        var chain = new X509Certificate2Collection();
        foreach (var _ in Enumerable.Range(0, 40))
        {
            chain.Add(NamingCertificates.Naming(new Uri("http://127.0.0.1:9/")));
        }

        var setup = new CallersFileBuilder { AllowHttp = false };
        setup.Write(_ => { });
        await using var host = await CallersDriver.StartAsync(setup, server);
        using var counted = new Counted(host.Meters);

        var answer = await GetAsync(host, odd, chain: chain);

        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Equal(1, counted.Refusals);
    }

    private static X509 Server()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new X509("localhost", now.AddDays(-1), now.AddDays(1));
    }

    private static X509Certificate2 Odd(string kind)
    {
        var name = kind == "a name of 50 KB" ? $"CN={new string('a', 50_000)}" : "CN=odd";
        using var key = ECDsa.Create(
            kind switch
            {
                "a key on P-521" => ECCurve.NamedCurves.nistP521,
                "a key on brainpoolP256r1" => ECCurve.NamedCurves.brainpoolP256r1,
                _ => ECCurve.NamedCurves.nistP256,
            }
        );
        var request = new CertificateRequest(new X500DistinguishedName(name), key, HashAlgorithmName.SHA256);
        if (ExtensionOf(kind) is { } extension)
        {
            request.CertificateExtensions.Add(extension);
        }

        byte[] number = kind switch
        {
            "a negative number" => [0x80],
            "a number of 20 bytes of 255" => [.. Enumerable.Repeat((byte)0xFF, 20)],
            _ => [1],
        };
        DateTimeOffset? until = kind switch
        {
            "valid until the year 9999" => new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero),
            _ => null,
        };
        return NamingCertificates.Issue(request, key, number, until);
    }

    private static X509Extension? ExtensionOf(string kind)
    {
        switch (kind)
        {
            case "3,000 names":
                var names = new SubjectAlternativeNameBuilder();
                foreach (var number in Enumerable.Range(0, 3000))
                {
                    names.AddDnsName(FormattableString.Invariant($"n{number}.example"));
                }

                return names.Build();
            case "60 KB of one extension":
                return new X509Extension("1.2.3.4", new byte[60_000], critical: false);
            case "an unknown critical extension":
                return new X509Extension("1.2.3.4", [5, 0], critical: true);
            case "an extension that cannot be read":
                return new X509Extension("2.5.29.19", [0x30, 0x80], critical: true);
            default:
                return null;
        }
    }

    private static async Task<string?> GetAsync(
        CallersDriver host,
        X509Certificate2? certificate,
        string path = "/who",
        X509Certificate2Collection? chain = null
    )
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(host.Address.Host, host.Address.Port);
        await using var tls = new SslStream(socket.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "127.0.0.1",
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                    ClientCertificateContext = certificate is null
                        ? null
                        : SslStreamCertificateContext.Create(certificate, chain, offline: true),
                }
            );
            await tls.WriteAsync(
                Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            );
            using var reader = new StreamReader(tls);
            return await reader.ReadToEndAsync() is { Length: > 0 } answer ? answer : null;
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return null;
        }
    }

    /// <summary>Refusals of one host; a client that cannot sign with its key shows no certificate, and is refused for that.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _refusals;

        public Counted(object scope)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "gateway.callers.refusals" && ReferenceEquals(instrument.Meter.Scope, scope))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>(
                (_, count, tags, _) =>
                {
                    _ = tags;
                    Interlocked.Add(ref _refusals, count);
                }
            );
            _listener.Start();
        }

        public long Refusals => Interlocked.Read(ref _refusals);

        public void Dispose() => _listener.Dispose();
    }
}
