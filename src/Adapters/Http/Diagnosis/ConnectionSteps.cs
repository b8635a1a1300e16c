using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Diagnosis;

/// <summary>Name, connection and encryption of one address; each step leaves to the next what it needs.</summary>
internal sealed class ConnectionSteps(Uri address, TimeSpan connectTime, TimeProvider time) : IDisposable
{
    private const int MostAddresses = 8;
    private const int SoonDays = 21;
    private IPAddress[] _found = [];
    private Socket? _socket;

    public async Task<Found> ResolveAsync(CancellationToken cancellationToken)
    {
        try
        {
            _found = await Dns.GetHostAddressesAsync(address.IdnHost, cancellationToken);
        }
        catch (SocketException reason)
        {
            return Found.Failed(
                $"The name is not resolved ({reason.SocketErrorCode}). Our side: look at this machine's name servers and at the host name in the configuration."
            );
        }

        return _found.Length > 0
            ? Found.Passed($"Found {string.Join(", ", _found.Select(found => found.ToString()))}.")
            : Found.Failed("The name has no address. Our side: look at the host name in the configuration.");
    }

    /// <summary>Tries each address found; the first that answers is used by the next step.</summary>
    public async Task<Found> ConnectAsync(CancellationToken cancellationToken)
    {
        var results = new List<string>();
        foreach (var candidate in _found.Take(MostAddresses))
        {
            results.Add(await TryConnectAsync(candidate, cancellationToken));
        }

        var seen = string.Join("; ", results);
        return _socket is null
            ? Found.Failed(
                $"{seen}. Refused: nothing listens there, the agency's side or a wrong port. Time-out: a firewall on the way; ask the network's operators to open this machine's way to it."
            )
            : Found.Passed($"{seen}.");
    }

    /// <summary>The handshake as the adapters do it: the chain has to be trusted and the name has to be right.</summary>
    public async Task<Found> EncryptAsync(CancellationToken cancellationToken)
    {
        X509Certificate2? certificate = null;
        var faults = SslPolicyErrors.None;
        var chain = string.Empty;
        await using var encrypted = new SslStream(
            new NetworkStream(_socket!, ownsSocket: false),
            leaveInnerStreamOpen: false,
            (_, shown, built, errors) =>
            {
                certificate = shown is null ? null : X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
                faults = errors;
                chain = string.Join(", ", built?.ChainStatus.Select(status => status.Status.ToString()) ?? []);
                return errors == SslPolicyErrors.None;
            }
        );
        try
        {
            await encrypted.AuthenticateAsClientAsync(Handshake(), cancellationToken);
            return Found.Passed($"{encrypted.SslProtocol}, {Life(certificate!)}");
        }
        catch (Exception reason) when (reason is AuthenticationException or IOException)
        {
            return certificate is null ? NoHandshake() : Untrusted(certificate, faults, chain);
        }
        finally
        {
            certificate?.Dispose();
        }
    }

    public void Dispose() => _socket?.Dispose();

    private async Task<string> TryConnectAsync(IPAddress candidate, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var socket = new Socket(candidate.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = new CancellationTokenSource(connectTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(candidate, address.Port), either.Token);
        }
        catch (SocketException reason)
        {
            socket.Dispose();
            return $"{candidate} failed ({reason.SocketErrorCode})";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{candidate} time-out after {connectTime.TotalSeconds} s"
            );
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        Keep(socket);
        var took = time.GetElapsedTime(started).TotalMilliseconds;
        return string.Create(CultureInfo.InvariantCulture, $"{candidate} connected in {took:0.0} ms");
    }

    private void Keep(Socket socket)
    {
        if (_socket is null)
        {
            _socket = socket;
        }
        else
        {
            socket.Dispose();
        }
    }

    private SslClientAuthenticationOptions Handshake()
    {
        var options = new SslClientAuthenticationOptions { TargetHost = address.IdnHost };
        OutgoingConnections.TrustWithoutDownloads(options);
        return options;
    }

    private static Found NoHandshake() =>
        Found.Failed(
            "There was no handshake: the other side does not speak TLS there, or no version that we accept (TLS 1.2 and later). The agency's side, or http is meant in our configuration."
        );

    private Found Untrusted(X509Certificate2 certificate, SslPolicyErrors faults, string chain)
    {
        var reasons = new List<string>();
        if (faults.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            reasons.Add(
                $"The certificate is not for {address.IdnHost}: the agency's side, or a wrong host name in our configuration."
            );
        }

        if (faults.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            reasons.Add(
                $"The chain is not trusted ({chain}): if it has expired, the agency has to renew it; if its issuer is unknown here, the agency has to send the certificates between its own and the root, because nothing is downloaded, or put the issuer's certificate into this machine's store."
            );
        }

        return Found.Failed($"{string.Join(' ', reasons)} {Life(certificate)}");
    }

    private string Life(X509Certificate2 certificate)
    {
        var end = new DateTimeOffset(certificate.NotAfter);
        var days = (int)Math.Floor((end - time.GetUtcNow()).TotalDays);
        var advice = days is >= 0 and < SoonDays ? " Remind the agency to renew it." : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"certificate valid until {end.UtcDateTime:yyyy-MM-dd HH:mm}Z, {days} days left.{advice}"
        );
    }
}
