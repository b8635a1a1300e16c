using System.Formats.Asn1;
using System.Numerics;
using Integration.Gateway.Signatures.Reading;

namespace Integration.Gateway.Signatures.Trust;

/// <summary>The fields of a CertificateList (RFC 5280, 5.1), read and not yet believed.</summary>
internal sealed record RevocationListReader
{
    private const string DeltaOid = "2.5.29.27";
    private const string ScopeOid = "2.5.29.28";
    private static readonly Asn1Tag s_extensions = new(TagClass.ContextSpecific, 0, isConstructed: true);

    public required ReadOnlyMemory<byte> Signed { get; init; }
    public required AlgorithmIdentifier Algorithm { get; init; }
    public required ReadOnlyMemory<byte> Signature { get; init; }
    public required ReadOnlyMemory<byte> Issuer { get; init; }
    public required DateTimeOffset ThisUpdate { get; init; }
    public required DateTimeOffset NextUpdate { get; init; }
    public required HashSet<BigInteger> Revoked { get; init; }
    public required RevocationScope Scope { get; init; }

    /// <summary>Understands the bytes of a list.</summary>
    /// <exception cref="AsnContentException">It is none, has no <c>nextUpdate</c>, or an extension that changes what it means.</exception>
    public static RevocationListReader Read(ReadOnlyMemory<byte> der)
    {
        var whole = new AsnReader(der, AsnEncodingRules.DER);
        var outer = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        var signed = outer.PeekEncodedValue();
        var list = outer.ReadSequence();
        var algorithm = AlgorithmIdentifier.Read(outer);
        var signature = outer.ReadBitString(out _);
        outer.ThrowIfNotEmpty();
        if (list.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            list.ReadInteger();
        }

        if (!AlgorithmIdentifier.Read(list).Inside.Span.SequenceEqual(algorithm.Inside.Span))
        {
            throw new AsnContentException();
        }

        var read = new RevocationListReader
        {
            Signed = signed,
            Algorithm = algorithm,
            Signature = signature,
            Issuer = list.ReadEncodedValue(),
            ThisUpdate = SignedAttributes.Time(list),
            NextUpdate = SignedAttributes.Time(list),
            Revoked = RevokedIn(list),
            Scope = ScopeIn(list),
        };
        list.ThrowIfNotEmpty();
        return read;
    }

    /// <summary>Every entry counts, of any reason: a certificate on hold does not sign either.</summary>
    private static HashSet<BigInteger> RevokedIn(AsnReader list)
    {
        var revoked = new HashSet<BigInteger>();
        if (list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            var entries = list.ReadSequence();
            while (entries.HasData)
            {
                revoked.Add(entries.ReadSequence().ReadInteger());
            }
        }

        return revoked;
    }

    private static RevocationScope ScopeIn(AsnReader list)
    {
        var scope = RevocationScope.Everything;
        if (!list.HasData)
        {
            return scope;
        }

        var extensions = list.ReadSequence(s_extensions).ReadSequence();
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            if (oid == ScopeOid)
            {
                scope = RevocationScope.Read(extension.ReadOctetString());
            }
            else if (critical || oid == DeltaOid)
            {
                throw new AsnContentException();
            }
        }

        return scope;
    }
}
