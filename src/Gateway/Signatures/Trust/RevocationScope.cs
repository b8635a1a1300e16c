using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Gateway.Signatures.Trust;

/// <summary>
/// Which certificates a list speaks about (RFC 5280, 5.2.5): all of its issuer's, or those that name one of its addresses as
/// their distribution point.
/// </summary>
internal sealed class RevocationScope
{
    private const string DistributionPointsOid = "2.5.29.31";
    private static readonly Asn1Tag s_0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_userCertificates = new(TagClass.ContextSpecific, 1);
    private readonly IReadOnlyList<ReadOnlyMemory<byte>>? _names;

    private RevocationScope(IReadOnlyList<ReadOnlyMemory<byte>>? names) => _names = names;

    public static RevocationScope Everything { get; } = new(names: null);

    /// <summary>Understands the extension issuingDistributionPoint.</summary>
    /// <exception cref="AsnContentException">Indirect, for some reasons only, or not for those who sign messages.</exception>
    public static RevocationScope Read(ReadOnlyMemory<byte> issuingDistributionPoint)
    {
        var fields = new AsnReader(issuingDistributionPoint, AsnEncodingRules.DER).ReadSequence();
        var scope = Everything;
        if (fields.HasData && fields.PeekTag().HasSameClassAndValue(s_0))
        {
            scope = new RevocationScope(FullNames(fields.ReadSequence(s_0)));
        }

        if (fields.HasData && fields.PeekTag().HasSameClassAndValue(s_userCertificates))
        {
            fields.ReadBoolean(s_userCertificates);
        }

        fields.ThrowIfNotEmpty();
        return scope;
    }

    public bool Covers(X509Certificate2 certificate)
    {
        if (_names is null)
        {
            return true;
        }

        try
        {
            return certificate.Extensions[DistributionPointsOid] is { } points
                && PointsOf(points.RawData).Any(point => _names.Any(name => name.Span.SequenceEqual(point.Span)));
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static List<ReadOnlyMemory<byte>> PointsOf(byte[] extension)
    {
        var names = new List<ReadOnlyMemory<byte>>();
        var points = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
        while (points.HasData)
        {
            var point = points.ReadSequence();
            if (point.HasData && point.PeekTag().HasSameClassAndValue(s_0))
            {
                names.AddRange(FullNames(point.ReadSequence(s_0)));
            }
        }

        return names;
    }

    /// <summary>Names relative to the issuer are not known in practice and cover nothing here.</summary>
    private static List<ReadOnlyMemory<byte>> FullNames(AsnReader name)
    {
        var names = new List<ReadOnlyMemory<byte>>();
        var full = name.ReadSequence(s_0);
        while (full.HasData)
        {
            names.Add(full.ReadEncodedValue());
        }

        return names;
    }
}
