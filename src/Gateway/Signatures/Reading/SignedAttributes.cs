using System.Formats.Asn1;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Signatures.Reading;

/// <summary>What the signer signed beside the content (RFC 5652, 11; RFC 5035; RFC 6211). Other attributes are not looked at.</summary>
internal sealed record SignedAttributes
{
    private const string ContentTypeOid = "1.2.840.113549.1.9.3";
    private const string MessageDigestOid = "1.2.840.113549.1.9.4";
    private const string SigningTimeOid = "1.2.840.113549.1.9.5";
    private const string SigningCertificateOid = "1.2.840.113549.1.9.16.2.47";
    private const string AlgorithmProtectionOid = "1.2.840.113549.1.9.52";
    private const string DataOid = "1.2.840.113549.1.7.1";
    private const int LastTwoDigitYear = 2049;
    private static readonly Asn1Tag s_tag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    private SignedAttributes() { }

    public ReadOnlyMemory<byte> MessageDigest { get; private init; }

    public DateTimeOffset? SigningTime { get; private init; }

    /// <summary>The value of signing-certificate-v2, as encoded.</summary>
    public ReadOnlyMemory<byte>? SigningCertificate { get; private init; }

    /// <summary>The value of CMSAlgorithmProtection, as encoded.</summary>
    public ReadOnlyMemory<byte>? AlgorithmProtection { get; private init; }

    /// <summary>Reads them in DER: sorted, each once, each with one value.</summary>
    public static Result<SignedAttributes> Read(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            var reader = new AsnReader(encoded, AsnEncodingRules.DER);
            if (ValuesOf(reader.ReadSetOf(s_tag)) is not { } values || !values.ContainsKey(ContentTypeOid))
            {
                return SignatureRules.SignedAttributes;
            }

            if (Value(values, ContentTypeOid)!.ReadObjectIdentifier() != DataOid)
            {
                return SignatureRules.ContentType;
            }

            return Value(values, MessageDigestOid) is { } digest
                ? new SignedAttributes
                {
                    MessageDigest = digest.ReadOctetString(),
                    SigningTime = Value(values, SigningTimeOid) is { } time ? Time(time) : null,
                    SigningCertificate = Raw(values, SigningCertificateOid),
                    AlgorithmProtection = Raw(values, AlgorithmProtectionOid),
                }
                : SignatureRules.SignedAttributes;
        }
        catch (AsnContentException)
        {
            return SignatureRules.SignedAttributes;
        }
    }

    /// <summary>UTCTime until 2049, GeneralizedTime afterwards.</summary>
    public static DateTimeOffset Time(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)
            ? reader.ReadUtcTime(LastTwoDigitYear)
            : reader.ReadGeneralizedTime();

    private static Dictionary<string, ReadOnlyMemory<byte>>? ValuesOf(AsnReader attributes)
    {
        var values = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            var type = attribute.ReadObjectIdentifier();
            var set = attribute.ReadSetOf();
            attribute.ThrowIfNotEmpty();
            if (!values.TryAdd(type, set.ReadEncodedValue()) || set.HasData)
            {
                return null;
            }
        }

        return values;
    }

    private static ReadOnlyMemory<byte>? Raw(Dictionary<string, ReadOnlyMemory<byte>> values, string type) =>
        values.TryGetValue(type, out var value) ? value : default(ReadOnlyMemory<byte>?);

    private static AsnReader? Value(Dictionary<string, ReadOnlyMemory<byte>> values, string type) =>
        Raw(values, type) is { } value ? new AsnReader(value, AsnEncodingRules.DER) : null;
}
