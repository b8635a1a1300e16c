using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Protection;

/// <summary>
/// Wraps a key of the key ring for the protection certificate as CMS EnvelopedData (RSA-OAEP-SHA256, AES-256). ASP.NET's
/// own certificate protector is not used: it stands on XML Encryption (see docs/adr).
/// </summary>
internal sealed class CertificateKeyWrapper(X509Certificate2 certificate) : IXmlEncryptor
{
    internal const string ElementName = "cms";

    private static readonly AlgorithmIdentifier s_aes256 = new(new Oid("2.16.840.1.101.3.4.1.42"));

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var content = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var envelope = new EnvelopedCms(new ContentInfo(content), s_aes256);
        envelope.Encrypt(
            new CmsRecipient(SubjectIdentifierType.IssuerAndSerialNumber, certificate, RSAEncryptionPadding.OaepSHA256)
        );
        CryptographicOperations.ZeroMemory(content);
        return new EncryptedXmlInfo(
            new XElement(ElementName, Convert.ToBase64String(envelope.Encode())),
            typeof(CertificateKeyUnwrapper)
        );
    }
}

/// <summary>Opens what <see cref="CertificateKeyWrapper"/> closed, with any configured certificate. Made by the key ring by name.</summary>
internal sealed class CertificateKeyUnwrapper : IXmlDecryptor
{
    private readonly X509Certificate2Collection _certificates;

    public CertificateKeyUnwrapper(IServiceProvider services)
        : this(services.GetRequiredService<ProtectionCertificates>()) { }

    internal CertificateKeyUnwrapper(ProtectionCertificates certificates) => _certificates = certificates.All;

    public XElement Decrypt(XElement encryptedElement)
    {
        var envelope = new EnvelopedCms();
        envelope.Decode(Convert.FromBase64String(encryptedElement.Value));
        envelope.Decrypt(_certificates);
        return XElement.Parse(Encoding.UTF8.GetString(envelope.ContentInfo.Content));
    }
}

/// <summary>The certificates of this process, read once: a file that is replaced is used after the next start.</summary>
internal sealed class ProtectionCertificates(IOptions<ProtectionOptions> options)
{
    public X509Certificate2Collection All { get; } = options.Value.ResolveAllCertificates();
}
