using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Evidence;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Signatures;

/// <summary>
/// Signs bytes as attached CMS with the receipt key and its certificate (<see cref="ReceiptOptions"/>): SHA-256, signing time,
/// signing-certificate-v2. Key and certificate are read once, with the first receipt; new ones need a restart.
/// </summary>
internal sealed class CmsReceipts(IOptions<ReceiptOptions> options, TimeProvider time) : IDisposable
{
    public const string MediaType = "application/pkcs7-mime";

    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";

    /// <summary>Shared by requests: signing takes a key handle of its own out of it each time.</summary>
    private readonly Lazy<X509Certificate2> _certificate = new(() => options.Value.ResolveCertificate());

    /// <summary>The DER of a SignedData that carries the content and the signer's certificate.</summary>
    public byte[] Sign(byte[] content) => Sign(content, detached: false);

    /// <summary>The DER of a SignedData over the content without it, with the signer's certificate.</summary>
    public byte[] SignDetached(byte[] content) => Sign(content, detached: true);

    public void Dispose()
    {
        if (_certificate.IsValueCreated)
        {
            _certificate.Value.Dispose();
        }
    }

    private byte[] Sign(byte[] content, bool detached)
    {
        var certificate = _certificate.Value;
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            DigestAlgorithm = new Oid(Sha256),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(time.GetUtcNow().UtcDateTime));
        signer.SignedAttributes.Add(
            new AsnEncodedData(new Oid(SigningCertificateV2), SigningCertificate(certificate.RawDataMemory.Span))
        );
        var cms = new SignedCms(new ContentInfo(content), detached);
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    /// <summary>RFC 5035, 3: one certificate by its SHA-256, which is the default and therefore not named.</summary>
    private static byte[] SigningCertificate(ReadOnlySpan<byte> certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(certificate));
        }

        return writer.Encode();
    }
}
