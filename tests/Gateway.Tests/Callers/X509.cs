using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Integration.Gateway.Tests.Callers;

/// <summary>A self-signed certificate with its key.</summary>
internal sealed class X509(string name, DateTimeOffset from, DateTimeOffset until) : IDisposable
{
    public X509Certificate2 Certificate { get; } = Make(name, from, until);

    public string Thumbprint => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public void Use(ListenOptions listen) => listen.UseHttps(Certificate);

    public void Dispose() => Certificate.Dispose();

    private static X509Certificate2 Make(string name, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(from, until);
    }
}
