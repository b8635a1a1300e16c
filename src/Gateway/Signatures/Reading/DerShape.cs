using System.Formats.Asn1;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Signatures.Reading;

/// <summary>What is asked of bytes before anything in them is understood: one DER value, whole, not too deep.</summary>
internal static class DerShape
{
    /// <summary>A CMS with signing-certificate-v2 reaches 18, with a time stamp among its unsigned attributes 27.</summary>
    public const int Deepest = 32;

    /// <summary>The rule that the bytes break; null when they are one DER value down to <see cref="Deepest"/> levels.</summary>
    public static Refusal? FaultIn(ReadOnlySpan<byte> bytes)
    {
        try
        {
            AsnDecoder.ReadEncodedValue(bytes, AsnEncodingRules.DER, out _, out _, out var length);
            return length == bytes.Length ? FaultIn(bytes, Deepest) : SignatureRules.Der;
        }
        catch (AsnContentException)
        {
            return SignatureRules.Der;
        }
    }

    private static Refusal? FaultIn(ReadOnlySpan<byte> values, int levels)
    {
        while (!values.IsEmpty)
        {
            var tag = AsnDecoder.ReadEncodedValue(
                values,
                AsnEncodingRules.DER,
                out var at,
                out var length,
                out var whole
            );
            if (tag.IsConstructed)
            {
                if (!MayBeConstructed(tag))
                {
                    return SignatureRules.Der;
                }

                if (levels == 0)
                {
                    return SignatureRules.Depth;
                }

                if (FaultIn(values.Slice(at, length), levels - 1) is { } fault)
                {
                    return fault;
                }
            }

            values = values[whole..];
        }

        return null;
    }

    /// <summary>Strings in pieces are BER.</summary>
    private static bool MayBeConstructed(Asn1Tag tag) =>
        tag.TagClass != TagClass.Universal
        || tag.HasSameClassAndValue(Asn1Tag.Sequence)
        || tag.HasSameClassAndValue(Asn1Tag.SetOf);
}
