using System.Formats.Asn1;

namespace Integration.Gateway.Signatures.Reading;

/// <summary>CMSAlgorithmProtection (RFC 6211): the algorithms, signed.</summary>
internal static class AlgorithmProtection
{
    private static readonly Asn1Tag s_signature = new(TagClass.ContextSpecific, 1, isConstructed: true);

    public static bool Names(ReadOnlyMemory<byte> encoded, AlgorithmIdentifier digest, AlgorithmIdentifier signature)
    {
        try
        {
            var fields = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
            return AlgorithmIdentifier.Read(fields).Inside.Span.SequenceEqual(digest.Inside.Span)
                && AlgorithmIdentifier.Read(fields, s_signature).Inside.Span.SequenceEqual(signature.Inside.Span)
                && !fields.HasData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
