using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Signatures;
using Integration.Gateway.Signatures.Reading;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>Each rule about the CMS itself: the accepted neighbour, and what breaks just this rule.</summary>
public sealed class SignedMessageTests
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string P256 = "1.2.840.10045.3.1.7";
    private const string P384 = "1.3.132.0.34";
    private static readonly byte[] s_content = "{\"id\":\"E-1\"}"u8.ToArray();
    private static readonly Authority s_authority = new();
    private static readonly X509Certificate2 s_certificate = s_authority.Issue();
    private static readonly RegisteredSigner s_signer = s_authority.Register(s_certificate);
    private readonly Judging _judging = new();

    private static ForgedCms Good => new(s_certificate, s_content);

    private static ForgedCms Rsa(int bits) =>
        new(s_authority.Issue(key: RSA.Create(bits)), s_content)
        {
            SignatureAlgorithm = "1.2.840.113549.1.1.1",
            SignatureParameters = writer => writer.WriteNull(),
        };

    [Fact]
    public void A_right_signature_is_accepted_detached_and_attached()
    {
        var cms = Good.Encode();

        var detached = _judging.Accepts(s_content, cms, s_signer);
        var attached = _judging.AcceptsAttached((Good with { Attached = true }).Encode(), s_signer);

        Assert.Equal(s_content, detached.Content);
        Assert.Equal(s_content, attached.Content);
        Assert.Equal(cms, detached.Signature);
        Assert.Same(s_signer, detached.Signer);
        Assert.Null(detached.SigningTime);
    }

    [Fact]
    public void A_CMS_larger_than_allowed_is_not_looked_at()
    {
        _judging.Refuses("size", s_content, new byte[SignedMessageVerifier.LargestSignature + 1], s_signer);
        _judging.RefusesAttached(
            "size",
            new byte[SignedMessageVerifier.LargestContent + SignedMessageVerifier.LargestSignature + 1],
            s_signer
        );
        var padded = Good with
        {
            Attached = true,
            UnsignedAttributes = ForgedCms.Attribute(
                "1.2.3",
                writer => writer.WriteOctetString(new byte[SignedMessageVerifier.LargestSignature])
            ),
        };
        _judging.RefusesAttached("size", padded.Encode(), s_signer);
    }

    [Fact]
    public void Content_up_to_the_limit_is_accepted()
    {
        var content = new byte[SignedMessageVerifier.LargestContent];
        content.AsSpan().Fill((byte)' ');

        var message = _judging.AcceptsAttached((Good with { Content = content, Attached = true }).Encode(), s_signer);

        Assert.Equal(content.Length, message.Content.Length);
    }

    [Fact]
    public void Not_one_byte_may_follow_or_be_missing()
    {
        var cms = Good.Encode();

        _judging.Refuses("der", s_content, [.. cms, 0], s_signer);
        _judging.Refuses("der", s_content, [.. cms, .. cms], s_signer);
        _judging.Refuses("der", s_content, [], s_signer);
        for (var length = 1; length < cms.Length; length++)
        {
            _judging.Refuses("der", s_content, cms[..length], s_signer);
        }
    }

    [Fact]
    public void Indefinite_and_long_lengths_and_strings_in_pieces_are_refused()
    {
        byte[] indefinite = [0x30, 0x80, .. Good.Encode().AsSpan(4), 0, 0];
        byte[] longLength = [0x30, 0x83, 0, .. Good.Encode().AsSpan(2)];
        byte[] pieces = [0x30, 0x06, 0x24, 0x04, 0x04, 0x02, 1, 2];

        _judging.Refuses("der", s_content, indefinite, s_signer);
        _judging.Refuses("der", s_content, longLength, s_signer);
        _judging.Refuses("der", s_content, pieces, s_signer);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        _judging.Refuses("structure", s_content, Nested(DerShape.Deepest), s_signer);
        _judging.Refuses("depth", s_content, Nested(DerShape.Deepest + 1), s_signer);
        _judging.RefusesAttached("depth", Nested(200_000), s_signer);

        static byte[] Nested(int levels)
        {
            var bytes = new List<byte>();
            var inner = 0;
            for (var level = 0; level < levels; level++)
            {
                byte[] head =
                    inner < 128 ? [0x30, (byte)inner]
                    : inner < 256 ? [0x30, 0x81, (byte)inner]
                    : inner < 65536 ? [0x30, 0x82, (byte)(inner >> 8), (byte)inner]
                    : [0x30, 0x83, (byte)(inner >> 16), (byte)(inner >> 8), (byte)inner];
                bytes.AddRange(head.Reverse());
                inner += head.Length;
            }

            bytes.Reverse();
            return [.. bytes];
        }
    }

    [Fact]
    public void What_is_no_SignedData_is_refused()
    {
        _judging.Refuses("content-type", s_content, (Good with { OuterType = ForgedCms.Data }).Encode(), s_signer);
        _judging.Refuses("structure", s_content, (Good with { Version = 2 }).Encode(), s_signer);
        _judging.Refuses("structure", s_content, [0x30, 0x00], s_signer);
        _judging.Refuses("structure", s_content, s_certificate.RawData, s_signer);
    }

    [Fact]
    public void Only_plain_data_is_signed()
    {
        const string TimeStamp = "1.2.840.113549.1.9.16.1.4";
        var wrapped = Good with { ContentType = TimeStamp };
        var attribute = Good with
        {
            Attributes = cms => [ForgedCms.ContentTypeOf(TimeStamp), ForgedCms.DigestOf(cms.DigestOfContent)],
        };

        _judging.Refuses("content-type", s_content, wrapped.Encode(), s_signer);
        _judging.Refuses("content-type", s_content, attribute.Encode(), s_signer);
    }

    [Fact]
    public void Content_is_where_it_belongs_and_nowhere_else()
    {
        _judging.Refuses("content", s_content, (Good with { Attached = true }).Encode(), s_signer);
        _judging.RefusesAttached("content", Good.Encode(), s_signer);
    }

    [Fact]
    public void Content_that_is_a_DER_SET_is_refused()
    {
        var set = Good.SignedSet();
        byte[] looksLikeOne = [.. set, (byte)' '];

        _judging.Refuses("content-set", set, new ForgedCms(s_certificate, set).Encode(), s_signer);
        _judging.RefusesAttached(
            "content-set",
            new ForgedCms(s_certificate, set) { Attached = true }.Encode(),
            s_signer
        );
        _judging.Refuses("content-set", [0x31, 0x80, 0, 0], Good.Encode(), s_signer);
        _judging.Accepts(looksLikeOne, new ForgedCms(s_certificate, looksLikeOne).Encode(), s_signer);
        _judging.Accepts("1"u8.ToArray(), new ForgedCms(s_certificate, "1"u8.ToArray()).Encode(), s_signer);
    }

    [Fact]
    public void Signed_attributes_cannot_become_the_content()
    {
        // The signature over these attributes is, taken literally, also one over this content without attributes.
        var rewrapped = new ForgedCms(s_certificate, Good.SignedSet()) { Attributes = null, Attached = true };

        _judging.RefusesAttached("signed-attributes", rewrapped.Encode(), s_signer);
        _judging.Refuses("signed-attributes", s_content, (Good with { Attributes = null }).Encode(), s_signer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Exactly_one_signer_signs(int signers) =>
        _judging.Refuses("signers", s_content, (Good with { Signers = signers }).Encode(), s_signer);

    [Fact]
    public void Only_a_registered_certificate_signs()
    {
        var stranger = s_authority.Issue();
        var strangers = s_authority.Register(stranger, "county-hall");

        _judging.Refuses("signer", s_content, new ForgedCms(stranger, s_content).Encode(), s_signer);
        _judging.Refuses("signer", s_content, Good.Encode());
        Assert.Equal(
            "county-hall",
            _judging.Accepts(s_content, new ForgedCms(stranger, s_content).Encode(), s_signer, strangers).Signer.Owner
        );
    }

    [Fact]
    public void The_signer_is_found_when_the_CMS_carries_no_certificate() =>
        _judging.Accepts(s_content, (Good with { Carried = [] }).Encode(), s_signer);

    [Fact]
    public void A_look_alike_with_the_same_names_and_serial_number_is_refused()
    {
        var lookAlike = new Authority().Issue(serial: Serial(s_certificate));
        Assert.Equal(s_certificate.SerialNumber, lookAlike.SerialNumber);
        Assert.Equal(s_certificate.Issuer, lookAlike.Issuer);
        var forged = new ForgedCms(lookAlike, s_content);

        _judging.Refuses("signer", s_content, forged.Encode(), s_signer);
        _judging.Refuses("signature", s_content, (forged with { Carried = [] }).Encode(), s_signer);
        _judging.Refuses(
            "signature",
            s_content,
            (forged with { Carried = [lookAlike.RawData, s_certificate.RawData] }).Encode(),
            s_signer
        );
    }

    [Fact]
    public void A_CMS_that_carries_others_carries_its_signers_certificate_too()
    {
        _judging.Refuses(
            "signer",
            s_content,
            (Good with { Carried = [s_authority.Certificate.RawData] }).Encode(),
            s_signer
        );
        _judging.Accepts(
            s_content,
            (Good with { Carried = [s_authority.Certificate.RawData, s_certificate.RawData] }).Encode(),
            s_signer
        );
    }

    [Theory]
    [InlineData(ForgedCms.Sha1)]
    [InlineData(ForgedCms.Md5)]
    public void Old_digests_are_refused(string digest) =>
        _judging.Refuses("digest-algorithm", s_content, (Good with { Digest = digest }).Encode(), s_signer);

    [Fact]
    public void The_digest_is_the_same_at_every_place()
    {
        _judging.Refuses(
            "digest-algorithm",
            s_content,
            (Good with { AnnouncedDigest = ForgedCms.Sha384 }).Encode(),
            s_signer
        );
        _judging.Refuses(
            "signature-algorithm",
            s_content,
            (Good with { Digest = ForgedCms.Sha384 }).Encode(),
            s_signer
        );
        _judging.Accepts(
            s_content,
            (Good with { Digest = ForgedCms.Sha384, SignatureAlgorithm = "1.2.840.10045.4.3.3" }).Encode(),
            s_signer
        );
    }

    [Theory]
    [InlineData("1.2.840.10045.4.1")] // ecdsa-with-SHA1
    [InlineData("1.2.840.10040.4.3")] // DSA
    [InlineData("2.16.840.1.101.3.4.3.2")] // DSA with SHA-256
    [InlineData("1.2.840.113549.1.1.5")] // RSA with SHA-1
    [InlineData("1.2.840.113549.1.1.4")] // RSA with MD5
    [InlineData("1.2.840.10045.2.2")] // a characteristic-two field
    [InlineData("1.2.840.113549.1.3.1")] // Diffie-Hellman
    [InlineData("1.2.156.10197.1.501")] // SM2 with SM3
    public void Signature_algorithms_off_the_list_are_refused(string algorithm) =>
        _judging.Refuses(
            "signature-algorithm",
            s_content,
            (Good with { SignatureAlgorithm = algorithm }).Encode(),
            s_signer
        );

    [Fact]
    public void What_is_refused_is_named()
    {
        var sha1 = (Good with { Digest = ForgedCms.Sha1 }).Encode();
        var mixed = (Good with { Digest = ForgedCms.Sha384 }).Encode();
        var unknown = (Good with { SignatureAlgorithm = "1.2.840.10040.4.3" }).Encode();

        Assert.Contains("SHA-1 is named", _judging.Refuses("digest-algorithm", s_content, sha1, s_signer).Detail);
        Assert.Contains(
            "ecdsa-with-SHA256 over SHA-384",
            _judging.Refuses("signature-algorithm", s_content, mixed, s_signer).Detail
        );
        Assert.Contains(
            "1.2.840.10040.4.3 over SHA-256",
            _judging.Refuses("signature-algorithm", s_content, unknown, s_signer).Detail
        );
    }

    [Theory]
    [InlineData(ForgedCms.Sha256, null)]
    [InlineData(ForgedCms.Sha256, "null")]
    [InlineData(ForgedCms.Sha256, P256)]
    [InlineData(ForgedCms.Sha384, null)]
    public void A_key_store_may_name_the_kind_of_the_key_instead_of_the_algorithm(string digest, string? parameters) =>
        _judging.Accepts(s_content, KeyNamed(Good with { Digest = digest }, parameters).Encode(), s_signer);

    [Fact]
    public void The_kind_of_key_that_a_key_store_names_is_the_signers()
    {
        var rsa = Rsa(2048);
        var rsaSigner = s_authority.Register(rsa.Certificate);
        var named = Good with { SignatureAlgorithm = "1.2.840.113549.1.1.1" };

        _judging.Refuses("key", s_content, KeyNamed(rsa, null).Encode(), rsaSigner);
        _judging.Refuses("key", s_content, named.Encode(), s_signer);
        _judging.Refuses("key", s_content, KeyNamed(Good, P384).Encode(), s_signer);
        _judging.Refuses(
            "digest-algorithm",
            s_content,
            KeyNamed(Good with { Digest = ForgedCms.Sha1 }, null).Encode(),
            s_signer
        );
        _judging.Refuses(
            "signature-algorithm",
            s_content,
            (Good with { SignatureAlgorithm = EcPublicKey, SignatureParameters = w => w.WriteInteger(1) }).Encode(),
            s_signer
        );
        foreach (var digest in new[] { ForgedCms.Sha256, ForgedCms.Sha384 })
        {
            _judging.Accepts(s_content, (rsa with { Digest = digest }).Encode(), rsaSigner);
        }
    }

    [Fact]
    public void A_key_that_is_named_signs_nothing_else()
    {
        var other = KeyNamed(new ForgedCms(s_certificate, "{}"u8.ToArray()), null).Encode();
        _judging.Refuses("message-digest", s_content, other, s_signer);
    }

    [Fact]
    public void Parameters_that_do_not_belong_are_refused() =>
        _judging.Refuses(
            "signature-algorithm",
            s_content,
            (Good with { SignatureParameters = writer => writer.WriteNull() }).Encode(),
            s_signer
        );

    [Fact]
    public void Keys_are_large_enough_and_of_the_algorithms_kind()
    {
        var (small, large) = (Rsa(1024), Rsa(2048));
        var k1 = new ForgedCms(s_authority.Issue(key: ECDsa.Create(ECCurve.NamedCurves.nistP521)), s_content);
        var ofAnotherKind = Good with
        {
            SignatureAlgorithm = "1.2.840.113549.1.1.11",
            SignatureParameters = writer => writer.WriteNull(),
        };

        _judging.Refuses("key", s_content, small.Encode(), s_authority.Register(small.Certificate));
        _judging.Accepts(s_content, large.Encode(), s_authority.Register(large.Certificate));
        _judging.Refuses("key", s_content, k1.Encode(), s_authority.Register(k1.Certificate));
        _judging.Refuses("key", s_content, ofAnotherKind.Encode(), s_signer);
    }

    private static ForgedCms KeyNamed(ForgedCms cms, string? parameters) =>
        cms with
        {
            SignatureAlgorithm = EcPublicKey,
            SignatureParameters = parameters switch
            {
                null => null,
                "null" => writer => writer.WriteNull(),
                var curve => writer => writer.WriteObjectIdentifier(curve),
            },
        };

    private static byte[] Serial(X509Certificate2 certificate) => certificate.SerialNumberBytes.ToArray();
}
