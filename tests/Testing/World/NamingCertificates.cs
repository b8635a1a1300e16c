using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Testing.World;

/// <summary>Certificates of loopback that name addresses: of their issuer, its revocation list and its OCSP responder.</summary>
public static class NamingCertificates
{
    private const string Issuer = "CN=an authority that nobody has";
    private const string AlternativeNames = "2.5.29.17";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>For clients and servers on loopback; its issuer, which no peer sends, can only be fetched.</summary>
    /// <param name="address">Where all that it names is said to be.</param>
    /// <param name="more">Further extensions.</param>
    public static X509Certificate2 Naming(Uri address, params X509Extension[] more)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stranger", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509AuthorityInformationAccessExtension([$"{address}ocsp"], [$"{address}issuer.cer"])
        );
        request.CertificateExtensions.Add(
            CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"{address}list.crl"])
        );
        foreach (var extension in more)
        {
            request.CertificateExtensions.Add(extension);
        }

        return Issue(request, key, [1, 2, 3]);
    }

    /// <summary>Signs what a test asks for, in the name of the same issuer.</summary>
    public static X509Certificate2 Issue(
        CertificateRequest request,
        ECDsa key,
        byte[] serialNumber,
        DateTimeOffset? until = null
    )
    {
        if (!request.CertificateExtensions.Any(extension => extension.Oid?.Value == AlternativeNames))
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension(
                [new Oid(ServerAuthentication), new Oid(ClientAuthentication)],
                critical: false
            )
        );
        using var authority = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(
            new X500DistinguishedName(Issuer),
            X509SignatureGenerator.CreateForECDsa(authority),
            now.AddDays(-1),
            until ?? now.AddDays(1),
            serialNumber
        );
        return certificate.CopyWithPrivateKey(key);
    }
}
