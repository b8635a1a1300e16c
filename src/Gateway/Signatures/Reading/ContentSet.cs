using System.Formats.Asn1;

namespace Integration.Gateway.Signatures.Reading;

/// <summary>
/// Whether content could be taken for signed attributes, and so one signature be moved to another message
/// (draft-ietf-lamps-cms-euf-cma-signeddata).
/// </summary>
internal static class ContentSet
{
    private const byte SetTag = 0x31;

    /// <summary>Whether the content, as a whole, is a SET in DER or BER.</summary>
    public static bool Is(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || content[0] != SetTag)
        {
            return false;
        }

        try
        {
            AsnDecoder.ReadEncodedValue(content, AsnEncodingRules.BER, out _, out _, out var length);
            return length == content.Length;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
