using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Signatures;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Security;
using Certificates = Org.BouncyCastle.X509.X509CertificateParser;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>BouncyCastle signs: what is accepted from it, and what is refused.</summary>
public sealed class BouncyCastleTests
{
    private static readonly byte[] s_content = "{\"id\":\"E-1\"}"u8.ToArray();
    private static readonly Authority s_authority = new();
    private static readonly X509Certificate2 s_p256 = s_authority.Issue();
    private static readonly RegisteredSigner s_signer = s_authority.Register(s_p256);
    private readonly Judging _judging = new();

    [Theory]
    [InlineData(ForgedCms.Sha256)]
    [InlineData(ForgedCms.Sha384)]
    [InlineData("2.16.840.1.101.3.4.2.3")]
    public void A_signature_is_accepted_detached_and_attached(string digest)
    {
        _judging.Accepts(s_content, Sign(s_p256, digest), s_signer);
        var message = _judging.AcceptsAttached(Sign(s_p256, digest, attached: true), s_signer);
        Assert.Equal(s_content, message.Content);
    }

    [Fact]
    public void An_RSA_signature_is_accepted()
    {
        var rsa = s_authority.Issue(key: RSA.Create(2048));
        _judging.Accepts(s_content, Sign(rsa, ForgedCms.Sha256), s_authority.Register(rsa));
    }

    [Fact]
    public void A_signer_named_by_its_key_identifier_is_accepted() =>
        _judging.Accepts(s_content, Sign(s_p256, ForgedCms.Sha256, byKey: true), s_signer);

    [Theory]
    [InlineData("digest-algorithm", ForgedCms.Sha1)]
    [InlineData("digest-algorithm", "2.16.840.1.101.3.4.2.4")] // SHA-224
    [InlineData("digest-algorithm", "2.16.840.1.101.3.4.2.8")] // SHA3-256
    public void Other_digests_are_refused(string rule, string digest) =>
        _judging.Refuses(rule, s_content, Sign(s_p256, digest), s_signer);

    [Fact]
    public void BER_as_BouncyCastle_writes_it_by_default_is_refused() =>
        _judging.RefusesAttached("der", Sign(s_p256, ForgedCms.Sha256, attached: true, encoding: "BER"), s_signer);

    [Fact]
    public void Two_signers_are_refused()
    {
        var generator = new CmsSignedDataGenerator();
        Add(generator, s_p256, ForgedCms.Sha256, byKey: false);
        Add(generator, s_authority.Issue(), ForgedCms.Sha256, byKey: false);
        var cms = generator.Generate(new CmsProcessableByteArray(s_content), encapsulate: false).GetEncoded("DER");

        _judging.Refuses("signers", s_content, cms, s_signer);
    }

    private static byte[] Sign(
        X509Certificate2 certificate,
        string digest,
        bool attached = false,
        bool byKey = false,
        string encoding = "DER"
    )
    {
        var generator = new CmsSignedDataGenerator();
        Add(generator, certificate, digest, byKey);
        return generator.Generate(new CmsProcessableByteArray(s_content), attached).GetEncoded(encoding);
    }

    private static void Add(CmsSignedDataGenerator generator, X509Certificate2 certificate, string digest, bool byKey)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? (AsymmetricAlgorithm)certificate.GetRSAPrivateKey()!;
        var secret = PrivateKeyFactory.CreateKey(key.ExportPkcs8PrivateKey());
        var known = new Certificates().ReadCertificate(certificate.RawData);
        generator.AddCertificate(known);
        if (byKey)
        {
            generator.AddSigner(
                secret,
                certificate
                    .Extensions.OfType<X509SubjectKeyIdentifierExtension>()
                    .Single()
                    .SubjectKeyIdentifierBytes.ToArray(),
                digest
            );
        }
        else
        {
            generator.AddSigner(secret, known, digest);
        }
    }
}
