using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Evidence;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Signatures;

/// <summary>Signs bytes as attached CMS with the receipt key and its certificate (<see cref="ReceiptOptions"/>).</summary>
internal sealed class CmsReceipts(IOptions<ReceiptOptions> options)
{
    public const string MediaType = "application/pkcs7-mime";

    /// <summary>The DER of a SignedData that carries the content and the signer's certificate.</summary>
    public byte[] Sign(byte[] content) => Sign(content, detached: false);

    /// <summary>The DER of a SignedData over the content without it, with the signer's certificate.</summary>
    public byte[] SignDetached(byte[] content) => Sign(content, detached: true);

    private byte[] Sign(byte[] content, bool detached)
    {
        using var certificate = options.Value.ResolveCertificate();
        var cms = new SignedCms(new ContentInfo(content), detached);
        cms.ComputeSignature(
            new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
            {
                DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
                IncludeOption = X509IncludeOption.EndCertOnly,
            }
        );
        return cms.Encode();
    }
}
