using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Evidence;
using Integration.Gateway.Signatures;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Cms;
using Certificates = Org.BouncyCastle.X509.X509CertificateParser;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>Receipts of the gateway, judged by others and by its own verifier.</summary>
public sealed class CmsReceiptTests : IDisposable
{
    private static readonly byte[] s_receipt = "{\"receiptId\":\"rcp_1\"}"u8.ToArray();
    private static readonly Authority s_authority = new("CN=Receipt CA");
    private static readonly X509Certificate2 s_certificate = s_authority.Issue("CN=gateway");

    private readonly Openssl _openssl = new();
    private readonly FakeTimeProvider _time = new(Authority.Now);
    private readonly CmsReceipts _receipts;

    public CmsReceiptTests()
    {
        _openssl.Put("gateway", s_certificate);
        _openssl.Put("ca", s_authority.Certificate);
        _receipts = new CmsReceipts(
            Options.Create(
                new ReceiptOptions
                {
                    SigningKey = $"file:{_openssl.PathOf("gateway.key")}",
                    Certificate = $"file:{_openssl.PathOf("gateway.pem")}",
                }
            ),
            _time
        );
    }

    public void Dispose()
    {
        _receipts.Dispose();
        _openssl.Dispose();
    }

    [Fact]
    public void Openssl_accepts_a_receipt_with_its_signing_certificate_and_reads_the_content()
    {
        var (code, output) = Judge(_receipts.Sign(s_receipt), "-cades -out read");

        Assert.True(code == 0, output);
        Assert.Equal(s_receipt, _openssl.Get("read"));
        var (_, attributes) = _openssl.Run("cms -cmsout -print -noout -inform DER -in receipt".Split(' '));
        Assert.Contains("signingTime", attributes, StringComparison.Ordinal);
        Assert.Contains("id-smime-aa-signingCertificateV2", attributes, StringComparison.Ordinal);
    }

    [Fact]
    public void Openssl_accepts_a_detached_one_over_these_bytes_only()
    {
        _openssl.Put("content", s_receipt);
        Assert.Equal(0, Judge(_receipts.SignDetached(s_receipt), "-content content").Code);

        _openssl.Put("content", [.. s_receipt, (byte)' ']);
        Assert.NotEqual(0, Judge(_receipts.SignDetached(s_receipt), "-content content").Code);
    }

    [Fact]
    public void Openssl_refuses_a_receipt_that_was_altered()
    {
        var receipt = _receipts.Sign(s_receipt);
        receipt[receipt.AsSpan().IndexOf("rcp_1"u8)] ^= 1;

        Assert.NotEqual(0, Judge(receipt, "-out read").Code);
    }

    [Fact]
    public void BouncyCastle_accepts_a_receipt_and_reads_its_time()
    {
        var signed = new CmsSignedData(_receipts.Sign(s_receipt));
        var signer = signed.GetSignerInfos().GetSigners().Single();

        Assert.True(signer.Verify(new Certificates().ReadCertificate(s_certificate.RawData)));
        using var content = new MemoryStream();
        signed.SignedContent.Write(content);
        Assert.Equal(s_receipt, content.ToArray());
        Assert.NotNull(signer.SignedAttributes[PkcsObjectIdentifiers.IdAASigningCertificateV2]);
        var time = Org.BouncyCastle.Asn1.Cms.Time.GetInstance(
            signer.SignedAttributes[PkcsObjectIdentifiers.Pkcs9AtSigningTime].AttrValues[0]
        );
        Assert.Equal(_time.GetUtcNow().ToUnixTimeSeconds(), new DateTimeOffset(time.ToDateTime()).ToUnixTimeSeconds());
    }

    [Fact]
    public void The_gateways_own_verifier_accepts_a_receipt_by_every_rule() =>
        new Judging(_time).AcceptsAttached(
            _receipts.Sign(s_receipt),
            s_authority.Register(s_certificate, needsSigningCertificate: true)
        );

    [Fact]
    public void Key_and_certificate_are_read_once_and_many_sign_at_once()
    {
        _receipts.Sign(s_receipt);
        File.Delete(_openssl.PathOf("gateway.key"));
        File.Delete(_openssl.PathOf("gateway.pem"));
        var judging = new Judging(_time);
        var signer = s_authority.Register(s_certificate);

        Parallel.For(0, 200, _ => judging.AcceptsAttached(_receipts.Sign(s_receipt), signer));
    }

    private (int Code, string Output) Judge(byte[] receipt, string options)
    {
        _openssl.Put("receipt", receipt);
        return _openssl.Run([
            .. "cms -verify -binary -inform DER -in receipt -CAfile ca.pem -purpose any".Split(' '),
            .. options.Split(' '),
        ]);
    }
}
