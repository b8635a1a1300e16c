using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Security;

namespace Integration.Adapters.Tests.Vectors;

/// <summary>
/// The library and the curve implementation chosen for SM2 and SM3 (GB/T 32905, GB/T 32918) against the published
/// vectors. No agency asks for them yet; this pins the choice for the first that does.
/// </summary>
public sealed class CommercialCipherVectorTests
{
    private static readonly JsonElement s_vectors = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "exchange-platform.json")))
        .RootElement.GetProperty("sm");
    private static readonly JsonElement s_sm2 = s_vectors.GetProperty("sm2");

    /// <summary>The custom implementation: the generic one signs seven times slower.</summary>
    private static readonly ECDomainParameters s_curve = new(CustomNamedCurves.GetByName("sm2p256v1"));

    private static byte[] Message => Encoding.ASCII.GetBytes(s_sm2.GetProperty("message").GetString()!);

    private static byte[] UserId => Encoding.ASCII.GetBytes(s_sm2.GetProperty("userId").GetString()!);

    private static ECPoint PublicPoint => s_curve.Curve.CreatePoint(Number("publicXHex"), Number("publicYHex"));

    [Fact]
    public void SM3_of_abc_is_the_published_digest() =>
        Assert.Equal(s_vectors.GetProperty("sm3abc").GetString(), Hex(Sm3("abc"u8)));

    [Fact]
    public void The_private_key_leads_to_the_published_public_key() =>
        Assert.Equal(PublicPoint, s_curve.G.Multiply(Number("privateKeyHex")).Normalize());

    [Fact]
    public void The_digest_that_is_signed_covers_user_and_key()
    {
        var za = Sm3([
            0x00,
            0x80,
            .. UserId,
            .. Element(s_curve.Curve.A),
            .. Element(s_curve.Curve.B),
            .. Coordinates(s_curve.G),
            .. Coordinates(PublicPoint),
        ]);

        Assert.Equal(s_sm2.GetProperty("zaHex").GetString(), Hex(za));
        Assert.Equal(s_sm2.GetProperty("eHex").GetString(), Hex(Sm3([.. za, .. Message])));
    }

    [Fact]
    public void The_signature_under_the_published_nonce_is_the_published_one()
    {
        var nonce = new FixedNonce(Convert.FromHexString(s_sm2.GetProperty("kHex").GetString()!));
        var signer = new SM2Signer(PlainDsaEncoding.Instance, new SM3Digest());
        signer.Init(
            forSigning: true,
            new ParametersWithID(
                new ParametersWithRandom(new ECPrivateKeyParameters(Number("privateKeyHex"), s_curve), nonce),
                UserId
            )
        );
        signer.BlockUpdate(Message, 0, Message.Length);

        Assert.Equal(
            s_sm2.GetProperty("rHex").GetString() + s_sm2.GetProperty("sHex").GetString(),
            Hex(signer.GenerateSignature())
        );
    }

    [Theory]
    [InlineData("message digest", true)]
    [InlineData("message digesu", false)]
    public void The_published_signature_verifies_over_its_message_only(string message, bool expected)
    {
        var verifier = new SM2Signer(PlainDsaEncoding.Instance, new SM3Digest());
        verifier.Init(forSigning: false, new ParametersWithID(new ECPublicKeyParameters(PublicPoint, s_curve), UserId));
        verifier.BlockUpdate(Encoding.ASCII.GetBytes(message), 0, message.Length);
        var signature = Convert.FromHexString(
            s_sm2.GetProperty("rHex").GetString() + s_sm2.GetProperty("sHex").GetString()
        );

        Assert.Equal(expected, verifier.VerifySignature(signature));
    }

    private static BigInteger Number(string name) => new(s_sm2.GetProperty(name).GetString()!, 16);

    private static byte[] Element(ECFieldElement element) => element.GetEncoded();

    private static byte[] Coordinates(ECPoint point) =>
        [.. Element(point.AffineXCoord), .. Element(point.AffineYCoord)];

    private static byte[] Sm3(ReadOnlySpan<byte> bytes)
    {
        var digest = new SM3Digest();
        digest.BlockUpdate(bytes);
        var result = new byte[digest.GetDigestSize()];
        digest.DoFinal(result, 0);
        return result;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>The signer draws its nonce from here.</summary>
    private sealed class FixedNonce(byte[] nonce) : SecureRandom((IRandomGenerator?)null)
    {
        public override void NextBytes(byte[] buf) => nonce.CopyTo(buf, 0);

        public override void NextBytes(byte[] buf, int off, int len) => nonce.AsSpan(0, len).CopyTo(buf.AsSpan(off));

        public override void NextBytes(Span<byte> buffer) => nonce.AsSpan(0, buffer.Length).CopyTo(buffer);
    }
}
