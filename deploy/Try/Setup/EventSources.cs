using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Try.Setup;

/// <summary>A system that signs events: PEM files of its certificate and its key.</summary>
internal sealed record EventSource(string Source, string Certificate, string Key);

/// <summary>Two event sources under a certification authority of this installation's own.</summary>
internal static class EventSources
{
    private const string Authority = "event-ca.pem";
    private const string Root = "event-ca.crt.pem";
    private static readonly string[] Names = ["municipal-9210", "county-hall"];

    public static IReadOnlyList<EventSource> Prepare(SecretFolder secrets, TimeProvider time)
    {
        var pem = secrets.GetOrCreate(Authority, () => NewAuthority(time));
        using var authority = X509Certificate2.CreateFromPem(pem, pem);
        secrets.GetOrCreate(Root, () => $"{authority.ExportCertificatePem()}\n");
        return [.. Names.Select(name => Prepare(name, secrets, authority, time))];
    }

    /// <summary>How the gateway knows them. The authority's file holds its key too, so its certificate has a file of its own.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Settings(SecretFolder secrets) =>
        Names
            .SelectMany(
                (name, index) =>
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        [$"Gateway:Events:Sources:{index}:Source"] = name,
                        [$"Gateway:Events:Sources:{index}:Clients:0"] = CallersDraft.Municipal,
                        [$"Gateway:Events:Sources:{index}:Certificates:0"] = secrets.Reference(CertificateOf(name)),
                        [$"Gateway:Events:Sources:{index}:Roots:0"] = secrets.Reference(Root),
                        [$"Gateway:Events:Sources:{index}:Office"] = CallersDraft.Hall,
                        [$"Gateway:Events:Sources:{index}:Origins:0"] = $"{name}.example.gov.cn",
                    }
            )
            .Append(new("Gateway:Events:Sources:0:CatchUp", "municipal")); // the other one cannot be asked

    private static string CertificateOf(string name) => $"source-{name}.crt.pem";

    private static EventSource Prepare(string name, SecretFolder secrets, X509Certificate2 authority, TimeProvider time)
    {
        var (certificate, key) = (CertificateOf(name), $"source-{name}.key.pem");
        var keyPem = secrets.GetOrCreate(key, NewKey);
        secrets.GetOrCreate(certificate, () => NewCertificate(name, keyPem, authority, time));
        return new EventSource(name, secrets.PathOf(certificate), secrets.PathOf(key));
    }

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static string NewAuthority(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Integration Try event CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true,
                hasPathLengthConstraint: true,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    private static string NewCertificate(string name, string keyPem, X509Certificate2 authority, TimeProvider time)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(keyPem);
        var request = new CertificateRequest($"CN={name}, O=Integration Try", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: false,
                hasPathLengthConstraint: false,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation,
                critical: true
            )
        );
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
                authority,
                includeKeyIdentifier: true,
                includeIssuerAndSerial: false
            )
        );
        var now = time.GetUtcNow();
        using var certificate = request.Create(
            authority,
            now.AddDays(-1),
            now.AddYears(5),
            RandomNumberGenerator.GetBytes(16)
        );
        return $"{certificate.ExportCertificatePem()}\n";
    }
}
