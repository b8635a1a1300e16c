using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Integration.Gateway.Signatures;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>No change of a byte makes anything else out of a signed message.</summary>
public sealed class SignatureMutations
{
    private static readonly byte[] s_content = "{\"id\":\"E-1\"}"u8.ToArray();
    private static readonly byte[] s_unsigned = ForgedCms.Attribute(
        "1.2.3.4",
        writer => writer.WriteOctetString("a time stamp, say"u8)
    );

    private static readonly Authority s_authority = new();
    private static readonly X509Certificate2 s_certificate = s_authority.Issue();
    private static readonly RegisteredSigner s_signer = s_authority.Register(s_certificate);
    private static readonly RegisteredSigner s_another = s_authority.Register(s_authority.Issue(), "county-hall");
    private static readonly ForgedCms s_good = new(s_certificate, s_content)
    {
        Attributes = cms =>
            [
                .. ForgedCms.Usual(cms),
                ForgedCms.SigningTimeOf(Authority.Now),
                ForgedCms.SigningCertificateOf(SHA256.HashData(s_certificate.RawData)),
            ],
    };

    private readonly Judging _judging = new();

    [Fact]
    public void No_bit_of_a_CMS_can_change_when_all_of_it_is_signed_or_registered()
    {
        var cms = (s_good with { Attached = true }).Encode();
        _judging.AcceptsAttached(cms, s_signer, s_another);

        for (var at = 0; at < cms.Length * 8; at++)
        {
            var changed = cms.ToArray();
            changed[at / 8] ^= (byte)(1 << (at % 8));
            var result = _judging.Verifier.VerifyAttached(changed, [s_signer, s_another]);
            Assert.False(result.Succeeded(out _, out _), $"Accepted with bit {at % 8} of byte {at / 8} changed.");
        }
    }

    [Fact]
    public void What_may_change_is_not_signed_and_changes_nothing()
    {
        var cms = (
            s_good with
            {
                Carried = [s_certificate.RawData, s_another.Certificate.RawData],
                UnsignedAttributes = s_unsigned,
            }
        ).Encode();
        (int, int)[] free = [Place(cms, s_unsigned), Place(cms, s_another.Certificate.RawData)];

        Gen.Select(Gen.Int[0, cms.Length - 1], Gen.Byte[1, 255])
            .Sample(
                (at, change) =>
                {
                    var changed = cms.ToArray();
                    changed[at] ^= change;
                    if (
                        _judging
                            .Verifier.VerifyDetached(s_content, changed, [s_signer, s_another])
                            .Succeeded(out var message, out _)
                    )
                    {
                        Assert.Contains(free, place => at >= place.Item1 && at < place.Item2);
                        IsTheSame(message);
                    }
                },
                iter: 20_000
            );
    }

    [Fact]
    public void Content_cannot_change_at_all()
    {
        var cms = s_good.Encode();

        Gen.Select(Gen.Int[0, s_content.Length - 1], Gen.Byte[1, 255])
            .Sample(
                (at, change) =>
                {
                    var changed = s_content.ToArray();
                    changed[at] ^= change;
                    Assert.False(_judging.Verifier.VerifyDetached(changed, cms, [s_signer]).Succeeded(out _, out _));
                },
                iter: 2_000
            );
    }

    [Fact]
    public void Bytes_cut_out_doubled_or_replaced_are_never_another_message_and_never_thrown_over()
    {
        var cms = (s_good with { Attached = true, UnsignedAttributes = s_unsigned }).Encode();

        Gen.Select(Gen.Int[0, cms.Length - 1], Gen.Int[0, 40], Gen.Byte.Array[0, 40])
            .Sample(
                (at, length, with) =>
                {
                    byte[] changed = [.. cms.AsSpan(0, at), .. with, .. cms.AsSpan(Math.Min(at + length, cms.Length))];
                    if (
                        _judging
                            .Verifier.VerifyAttached(changed, [s_signer, s_another])
                            .Succeeded(out var message, out _)
                    )
                    {
                        IsTheSame(message);
                    }
                },
                iter: 20_000
            );
    }

    [Fact]
    public void What_is_accepted_the_platforms_library_accepts_too()
    {
        foreach (var attached in new[] { true, false })
        {
            var cms = new SignedCms(new ContentInfo(s_content), detached: !attached);
            cms.Decode((s_good with { Attached = attached, UnsignedAttributes = s_unsigned }).Encode());
            cms.SignerInfos[0].CheckSignature(new X509Certificate2Collection(s_certificate), verifySignatureOnly: true);
        }
    }

    private static void IsTheSame(SignedMessage message)
    {
        Assert.Equal(s_content, message.Content);
        Assert.Same(s_signer, message.Signer);
        Assert.Equal(Authority.Now.ToUnixTimeSeconds(), message.SigningTime!.Value.ToUnixTimeSeconds());
    }

    private static (int From, int To) Place(byte[] whole, byte[] part)
    {
        var at = whole.AsSpan().IndexOf(part);
        return (at, at + part.Length);
    }
}
