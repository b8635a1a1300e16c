using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Gateway.Signatures.Reading;

/// <summary>signing-certificate-v2 (RFC 5035, 3): the signer's word about which certificate is meant.</summary>
internal static class SigningCertificate
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private static readonly Asn1Tag s_directoryName = new(TagClass.ContextSpecific, 4, isConstructed: true);

    /// <summary>Whether the first certificate named is this one; its digest is one of the allowed.</summary>
    public static bool Names(ReadOnlyMemory<byte> encoded, X509Certificate2 certificate)
    {
        try
        {
            var first = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadSequence();
            var algorithm = first.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence)
                ? AlgorithmIdentifier.Read(first)
                : new AlgorithmIdentifier(Sha256, default, default);
            return SignatureScheme.HashOf(algorithm) is { } hash
                && first
                    .ReadOctetString()
                    .AsSpan()
                    .SequenceEqual(SignatureScheme.Digest(hash, certificate.RawDataMemory.Span))
                && (!first.HasData || IssuerAndSerialAre(first, certificate));
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static bool IssuerAndSerialAre(AsnReader reader, X509Certificate2 certificate)
    {
        var fields = reader.ReadSequence();
        var issuer = fields.ReadSequence().ReadSequence(s_directoryName).ReadEncodedValue();
        return issuer.Span.SequenceEqual(certificate.IssuerName.RawData)
            && fields.ReadIntegerBytes().Span.SequenceEqual(certificate.SerialNumberBytes.Span);
    }
}
