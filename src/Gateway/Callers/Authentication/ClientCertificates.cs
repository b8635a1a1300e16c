using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Callers;

/// <summary>
/// Mutual TLS with pinned certificates: the handshake proves possession of the key, the thumbprint says whose it is. No
/// chain is built, so no authority can add a client.
/// </summary>
internal sealed class ClientCertificates(IOptions<CertificateOptions> options, TimeProvider time)
{
    /// <summary>Whether requests on this listener need a registered certificate.</summary>
    public bool AreRequired(HttpContext context) =>
        options.Value.Required && !options.Value.ExemptPorts.Contains(context.Connection.LocalPort);

    public Identified Identify(HttpContext context, CallersSnapshot callers)
    {
        if (!context.Request.IsHttps || context.Connection.ClientCertificate is not { } certificate)
        {
            return default;
        }

        // A stranger's certificate is never looked into: what it holds is the stranger's choice.
        return callers.FindByCertificate(certificate.GetCertHashString(HashAlgorithmName.SHA256)) switch
        {
            null => new Identified(Client: null, AuthenticationFault.CertificateUnknown),
            _ when !IsValidNow(certificate) => new Identified(Client: null, AuthenticationFault.CertificateUnknown),
            { Enabled: false } => new Identified(Client: null, AuthenticationFault.ClientDisabled),
            { } client => new Identified(client, Fault: null),
        };
    }

    private bool IsValidNow(X509Certificate2 certificate)
    {
        var now = time.GetUtcNow();
        return certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime
            && now.UtcDateTime <= certificate.NotAfter.ToUniversalTime();
    }
}
