using System.Formats.Asn1;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Signatures.Reading;

/// <summary>
/// Reads SignedData as DER. Own reader on System.Formats.Asn1 because the rules need the exact bytes, which SignedCms does
/// not show, and because its check of one signature takes three to fifteen times as long (docs/spec/signatures.md).
/// </summary>
internal static class SignedDataReader
{
    private const string SignedDataOid = "1.2.840.113549.1.7.2";
    private const string DataOid = "1.2.840.113549.1.7.1";
    private static readonly Asn1Tag s_0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_1 = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag s_keyIdentifier = new(TagClass.ContextSpecific, 0);

    /// <summary>Reads bytes whose <see cref="DerShape"/> is right.</summary>
    public static Result<SignedData> Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var outer = new AsnReader(bytes, AsnEncodingRules.DER).ReadSequence();
            if (outer.ReadObjectIdentifier() != SignedDataOid)
            {
                return SignatureRules.ContentType;
            }

            var wrapped = outer.ReadSequence(s_0);
            outer.ThrowIfNotEmpty();
            var data = wrapped.ReadSequence();
            wrapped.ThrowIfNotEmpty();
            return ReadData(data);
        }
        catch (AsnContentException)
        {
            return SignatureRules.Structure;
        }
    }

    private static Result<SignedData> ReadData(AsnReader data)
    {
        if (!data.TryReadInt32(out var version) || version is not (1 or 3))
        {
            return SignatureRules.Structure;
        }

        var digests = data.ReadSetOf();
        if (!digests.HasData)
        {
            return SignatureRules.Signers;
        }

        var digest = AlgorithmIdentifier.Read(digests);
        var wrapper = data.ReadSequence();
        if (wrapper.ReadObjectIdentifier() != DataOid)
        {
            return SignatureRules.ContentType;
        }

        var content = ReadContent(wrapper);
        var certificates = ReadCertificates(data);
        var signers = data.ReadSetOf();
        data.ThrowIfNotEmpty();
        if (!signers.HasData)
        {
            return SignatureRules.Signers;
        }

        var signer = signers.ReadSequence();
        if (signers.HasData)
        {
            return SignatureRules.Signers;
        }

        return digests.HasData
            ? SignatureRules.DigestAlgorithm("More than one")
            : ReadSigner(signer, version, digest, content, certificates);
    }

    private static Result<SignedData> ReadSigner(
        AsnReader signer,
        int dataVersion,
        AlgorithmIdentifier announced,
        ReadOnlyMemory<byte>? content,
        List<ReadOnlyMemory<byte>> certificates
    )
    {
        if (!signer.TryReadInt32(out var version) || version != dataVersion)
        {
            return SignatureRules.Structure;
        }

        var byKey = signer.PeekTag().HasSameClassAndValue(s_keyIdentifier);
        if (version != (byKey ? 3 : 1))
        {
            return SignatureRules.Structure;
        }

        var id = byKey ? KeyIdentifier(signer) : IssuerAndSerial(signer);
        var digest = AlgorithmIdentifier.Read(signer);
        if (SignatureScheme.HashOf(digest) != SignatureScheme.HashOf(announced))
        {
            return SignatureRules.DigestAlgorithm(
                $"{SignatureScheme.NameOf(announced)} and {SignatureScheme.NameOf(digest)}"
            );
        }

        if (!signer.HasData || !signer.PeekTag().HasSameClassAndValue(s_0))
        {
            return SignatureRules.SignedAttributes;
        }

        var attributes = signer.ReadEncodedValue();
        var algorithm = AlgorithmIdentifier.Read(signer);
        var signature = Primitive(signer, Asn1Tag.PrimitiveOctetString);
        if (signer.HasData)
        {
            signer.ReadSetOf(skipSortOrderValidation: true, s_1);
        }

        signer.ThrowIfNotEmpty();
        return new SignedData
        {
            Content = content,
            Certificates = certificates,
            SignerId = id,
            Digest = digest,
            SignatureAlgorithm = algorithm,
            SignedAttributes = attributes,
            Signature = signature,
        };
    }

    private static ReadOnlyMemory<byte>? ReadContent(AsnReader wrapper)
    {
        if (!wrapper.HasData)
        {
            return null;
        }

        var explicitly = wrapper.ReadSequence(s_0);
        wrapper.ThrowIfNotEmpty();
        var content = Primitive(explicitly, Asn1Tag.PrimitiveOctetString);
        explicitly.ThrowIfNotEmpty();
        return content;
    }

    /// <summary>No revocation lists: only the registered one counts.</summary>
    private static List<ReadOnlyMemory<byte>> ReadCertificates(AsnReader data)
    {
        var certificates = new List<ReadOnlyMemory<byte>>();
        if (data.PeekTag().HasSameClassAndValue(s_0))
        {
            var set = data.ReadSetOf(skipSortOrderValidation: true, s_0);
            while (set.HasData)
            {
                certificates.Add(set.ReadEncodedValue());
            }
        }

        return certificates;
    }

    private static SignerId IssuerAndSerial(AsnReader signer)
    {
        var fields = signer.ReadSequence();
        var id = new SignerId(fields.ReadEncodedValue(), fields.ReadIntegerBytes(), default);
        fields.ThrowIfNotEmpty();
        return id;
    }

    private static SignerId KeyIdentifier(AsnReader signer)
    {
        var id = Primitive(signer, s_keyIdentifier);
        return id.IsEmpty ? throw new AsnContentException() : new SignerId(default, default, id);
    }

    private static ReadOnlyMemory<byte> Primitive(AsnReader reader, Asn1Tag tag) =>
        reader.TryReadPrimitiveOctetString(out var content, tag) ? content : throw new AsnContentException();
}
