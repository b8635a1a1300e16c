using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Signatures;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>The program openssl signs: what is accepted from it, and what is refused.</summary>
public sealed class OpensslSignerTests : IDisposable
{
    private static readonly byte[] s_content = "{\"id\":\"E-1\"}\r\n"u8.ToArray();
    private static readonly Authority s_authority = new();
    private static readonly X509Certificate2 s_p256 = s_authority.Issue();
    private static readonly Lazy<X509Certificate2> s_rsa = new(() => s_authority.Issue(key: RSA.Create(2048)));
    private static readonly string[] s_sha256 = ["-md", "sha256"];

    private readonly Openssl _openssl = new();
    private readonly Judging _judging = new();

    public void Dispose() => _openssl.Dispose();

    [Theory]
    [InlineData("p256", "-md sha256")]
    [InlineData("p256", "-md sha384")]
    [InlineData("p256", "-md sha512")]
    [InlineData("p384", "-md sha384")]
    [InlineData("rsa", "-md sha256")]
    [InlineData("rsa", "-md sha512")]
    [InlineData("rsa", "-md sha256 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:-1")]
    [InlineData("p256", "-md sha256 -nocerts")]
    [InlineData("p256", "-md sha256 -keyid")]
    [InlineData("p256", "-md sha256 -cades")]
    [InlineData("p256", "-md sha256 -nosmimecap")]
    public void A_signature_is_accepted_detached_and_attached(string kind, string options)
    {
        var signer = Use(
            kind switch
            {
                "rsa" => s_rsa.Value,
                "p384" => s_authority.Issue(key: ECDsa.Create(ECCurve.NamedCurves.nistP384)),
                _ => s_p256,
            },
            needsSigningCertificate: options.Contains("cades", StringComparison.Ordinal)
        );

        var detached = _judging.Accepts(s_content, _openssl.Sign(s_content, options.Split(' ')), signer);
        var attached = _judging.AcceptsAttached(_openssl.Sign(s_content, [.. options.Split(' '), "-nodetach"]), signer);

        Assert.Equal(s_content, detached.Content);
        Assert.Equal(s_content, attached.Content);
        Assert.InRange(detached.SigningTime!.Value, Authority.Now.AddMinutes(-1), Authority.Now.AddHours(1));
    }

    [Theory]
    [InlineData("digest-algorithm", "-md sha1")]
    [InlineData("digest-algorithm", "-md md5")]
    [InlineData("digest-algorithm", "-md sha224")]
    [InlineData("signed-attributes", "-md sha256 -noattr")]
    [InlineData("signing-certificate", "-md sha256")]
    [InlineData("content-type", "-md sha256 -econtent_type 1.2.840.113549.1.9.16.1.4")]
    public void A_bad_signature_is_refused(string rule, string options)
    {
        // openssl has no ECDSA with MD5.
        var certificate = options.Contains("md5", StringComparison.Ordinal) ? s_rsa.Value : s_p256;
        var demanding = Use(certificate, needsSigningCertificate: rule == "signing-certificate");

        _judging.Refuses(rule, s_content, _openssl.Sign(s_content, options.Split(' ')), demanding);
    }

    [Fact]
    public void A_PSS_salt_of_another_length_is_refused()
    {
        var signer = Use(s_rsa.Value);
        var cms = _openssl.Sign(
            s_content,
            "-md sha256 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:20".Split(' ')
        );

        _judging.Refuses("signature-algorithm", s_content, cms, signer);
    }

    [Fact]
    public void BER_that_openssl_streams_is_refused()
    {
        var signer = Use(s_p256);

        _judging.RefusesAttached("der", _openssl.Sign(s_content, "-md", "sha256", "-nodetach", "-stream"), signer);
    }

    [Fact]
    public void Two_signers_are_refused_and_none_too()
    {
        var signer = Use(s_p256);
        _openssl.Put("second", s_authority.Issue());

        _judging.Refuses(
            "signers",
            s_content,
            _openssl.Sign(s_content, [.. s_sha256, "-signer", "second.pem", "-inkey", "second.key"]),
            signer
        );
        Assert.Equal(0, _openssl.Run("crl2pkcs7 -nocrl -certfile signer.pem -outform DER -out none".Split(' ')).Code);
        _judging.Refuses("signers", s_content, _openssl.Get("none"), signer);
    }

    [Fact]
    public void Altered_content_and_an_unknown_signer_are_refused()
    {
        var signer = Use(s_p256);
        var cms = _openssl.Sign(s_content, s_sha256);

        _judging.Refuses("message-digest", s_content[..^1], cms, signer);
        _judging.Refuses("signer", s_content, cms, s_authority.Register(s_authority.Issue()));
    }

    [Fact]
    public void A_list_that_openssl_wrote_revokes()
    {
        var signer = Use(s_p256);
        _openssl.Put("ca", s_authority.Certificate);
        _openssl.Put("index.txt", []);
        _openssl.Put("number", "01\n"u8.ToArray());
        _openssl.Put(
            "ca.cnf",
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=7\n"u8.ToArray()
        );
        var cms = _openssl.Sign(s_content, s_sha256);
        var listed = signer with { RevocationList = $"file:{_openssl.PathOf("list.pem")}" };

        GenerateList();
        _judging.Accepts(s_content, cms, listed);
        var (code, output) = _openssl.Run(
            "ca -config ca.cnf -revoke signer.pem -keyfile ca.key -cert ca.pem".Split(' ')
        );
        Assert.True(code == 0, output);
        GenerateList();
        new Judging().Refuses("revoked", s_content, cms, listed);

        void GenerateList()
        {
            var (code, output) = _openssl.Run(
                "ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.pem -out list.pem".Split(' ')
            );
            Assert.True(code == 0, output);
        }
    }

    private RegisteredSigner Use(X509Certificate2 certificate, bool needsSigningCertificate = false)
    {
        _openssl.Put("signer", certificate);
        return s_authority.Register(certificate, needsSigningCertificate: needsSigningCertificate);
    }
}
