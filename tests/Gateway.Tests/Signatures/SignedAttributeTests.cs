using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Signatures;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>What has to be signed beside the content.</summary>
public sealed class SignedAttributeTests
{
    private static readonly byte[] s_content = "{\"id\":\"E-1\"}"u8.ToArray();
    private static readonly Authority s_authority = new();
    private static readonly X509Certificate2 s_certificate = s_authority.Issue();
    private static readonly RegisteredSigner s_signer = s_authority.Register(s_certificate);
    private static readonly byte[] s_type = ForgedCms.ContentTypeOf(ForgedCms.Data);
    private static readonly byte[] s_digest = ForgedCms.DigestOf(SHA256.HashData(s_content));

    private readonly FakeTimeProvider _time = new(Authority.Now);
    private readonly Judging _judging;

    public SignedAttributeTests() => _judging = new Judging(_time);

    [Fact]
    public void Attributes_that_nobody_here_knows_are_let_be() =>
        _judging.Accepts(s_content, With(s_type, s_digest, ForgedCms.Attribute("1.2.3", w => w.WriteNull())), s_signer);

    [Fact]
    public void Content_type_and_message_digest_are_there_once_with_one_value()
    {
        byte[] another = ForgedCms.DigestOf(SHA256.HashData("other"u8));
        var twoValues = ForgedCms.Attribute(
            "1.2.840.113549.1.9.4",
            writer => writer.WriteOctetString(SHA256.HashData(s_content)),
            writer => writer.WriteOctetString(SHA256.HashData("other"u8))
        );
        var noValue = ForgedCms.Attribute("1.2.840.113549.1.9.4");
        byte[][][] refused =
        [
            [s_type],
            [s_digest],
            [s_type, s_digest, s_digest],
            [s_type, s_digest, another],
            [s_type, another, s_digest],
            [s_type, s_type, s_digest],
            [s_type, twoValues],
            [s_type, noValue],
            [],
        ];

        Assert.All(refused, attributes => _judging.Refuses("signed-attributes", s_content, With(attributes), s_signer));
        _judging.Accepts(s_content, With(s_type, s_digest), s_signer);
    }

    [Fact]
    public void Attributes_out_of_order_are_refused() =>
        _judging.Refuses(
            "signed-attributes",
            s_content,
            (new ForgedCms(s_certificate, s_content) { Unsorted = true }).Encode(),
            s_signer
        );

    [Fact]
    public void Altered_content_is_refused()
    {
        var cms = With(s_type, s_digest);

        _judging.Refuses("message-digest", [.. s_content, (byte)' '], cms, s_signer);
        _judging.Refuses("message-digest", s_content[..^1], cms, s_signer);
        _judging.Refuses("message-digest", [], cms, s_signer);
    }

    [Fact]
    public void Attributes_of_another_message_are_refused_under_this_signature()
    {
        var other = "{\"id\":\"E-2\"}"u8.ToArray();
        var cms = new ForgedCms(s_certificate, s_content).Encode();
        var at = cms.AsSpan().IndexOf(SHA256.HashData(s_content));
        SHA256.HashData(other).CopyTo(cms.AsSpan(at));

        _judging.Refuses("signature", other, cms, s_signer);
    }

    [Fact]
    public void A_signing_time_may_be_five_minutes_ahead_and_not_before_the_certificate()
    {
        var now = _time.GetUtcNow();
        var within = _judging.Accepts(s_content, At(now.AddMinutes(4)), s_signer);
        Assert.Equal(now.AddMinutes(4).ToUnixTimeSeconds(), within.SigningTime!.Value.ToUnixTimeSeconds());
        _judging.Accepts(s_content, At(now.AddDays(-9)), s_signer);
        _judging.Refuses("signing-time", s_content, At(now.AddMinutes(6)), s_signer);
        _judging.Refuses("signing-time", s_content, At(s_signer.ValidFrom.AddMinutes(-6)), s_signer);

        _time.Advance(TimeSpan.FromMinutes(2));
        _judging.Accepts(s_content, At(now.AddMinutes(6)), s_signer);
    }

    [Fact]
    public void A_signing_certificate_is_checked_when_present_and_demanded_where_registered_so()
    {
        var demanding = s_authority.Register(s_certificate, needsSigningCertificate: true);
        var right = ForgedCms.SigningCertificateOf(SHA256.HashData(s_certificate.RawData));
        var wrong = ForgedCms.SigningCertificateOf(SHA256.HashData(s_authority.Certificate.RawData));

        _judging.Accepts(s_content, With(s_type, s_digest, right), s_signer);
        _judging.Accepts(s_content, With(s_type, s_digest, right), demanding);
        _judging.Refuses("signing-certificate", s_content, With(s_type, s_digest, wrong), s_signer);
        _judging.Refuses("signing-certificate", s_content, With(s_type, s_digest, wrong), demanding);
        _judging.Refuses("signing-certificate", s_content, With(s_type, s_digest), demanding);
    }

    [Fact]
    public void A_signing_certificate_names_its_issuer_and_number_rightly()
    {
        var hash = SHA256.HashData(s_certificate.RawData);
        var serial = s_certificate.SerialNumberBytes.ToArray();
        byte[] another = [serial[0], .. serial[1..^1], (byte)(serial[^1] ^ 1)];

        _judging.Accepts(s_content, With(s_type, s_digest, Named(serial)), s_signer);
        _judging.Refuses("signing-certificate", s_content, With(s_type, s_digest, Named(another)), s_signer);

        byte[] Named(byte[] number) =>
            ForgedCms.SigningCertificateOf(
                hash,
                writer =>
                {
                    using (writer.PushSequence())
                    {
                        using (writer.PushSequence())
                        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
                        {
                            writer.WriteEncodedValue(s_certificate.IssuerName.RawData);
                        }

                        writer.WriteInteger(number);
                    }
                }
            );
    }

    [Fact]
    public void Algorithm_protection_names_what_was_used()
    {
        _judging.Accepts(s_content, With(s_type, s_digest, Protection("1.2.840.10045.4.3.2")), s_signer);
        _judging.Refuses(
            "algorithm-protection",
            s_content,
            With(s_type, s_digest, Protection("1.2.840.10045.4.3.3")),
            s_signer
        );

        static byte[] Protection(string algorithm) =>
            ForgedCms.Attribute(
                "1.2.840.113549.1.9.52",
                writer =>
                {
                    using (writer.PushSequence())
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier(ForgedCms.Sha256);
                        }

                        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                        {
                            writer.WriteObjectIdentifier(algorithm);
                        }
                    }
                }
            );
    }

    private static byte[] At(DateTimeOffset time) => With(s_type, s_digest, ForgedCms.SigningTimeOf(time));

    private static byte[] With(params byte[][] attributes) =>
        new ForgedCms(s_certificate, s_content) { Attributes = _ => attributes }.Encode();
}
