using System.Formats.Asn1;

namespace Integration.Gateway.Events.Inbox;

/// <summary>What a CMS consists of (RFC 5652 section 5).</summary>
internal static class CmsParts
{
    private static readonly Asn1Tag s_explicit = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>
    /// The same SignedData without its content, which is kept beside it: the signature covers the content's bytes, not its
    /// place. What carries no content is returned as it came.
    /// </summary>
    public static byte[] WithoutContent(ReadOnlyMemory<byte> signedData)
    {
        var outer = new AsnReader(signedData, AsnEncodingRules.BER).ReadSequence();
        var type = outer.ReadEncodedValue();
        var data = outer.ReadSequence(s_explicit).ReadSequence();
        var (version, digests) = (data.ReadEncodedValue(), data.ReadEncodedValue());
        var content = data.ReadSequence();
        var contentType = content.ReadEncodedValue();
        if (!content.HasData)
        {
            return signedData.ToArray();
        }

        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(type.Span);
            using (writer.PushSequence(s_explicit))
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(version.Span);
                writer.WriteEncodedValue(digests.Span);
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(contentType.Span);
                }

                while (data.HasData)
                {
                    writer.WriteEncodedValue(data.ReadEncodedValue().Span);
                }
            }
        }

        return writer.Encode();
    }
}
