using System.Formats.Asn1;

namespace Integration.Gateway.Signatures.Reading;

/// <summary>An algorithm and its parameters (RFC 5280, 4.1.1.2).</summary>
/// <param name="Oid">Dotted.</param>
/// <param name="Parameters">As encoded; empty when absent.</param>
/// <param name="Inside">The encoding without its outer tag and length, to compare under another tag.</param>
internal readonly record struct AlgorithmIdentifier(
    string Oid,
    ReadOnlyMemory<byte> Parameters,
    ReadOnlyMemory<byte> Inside
)
{
    private static readonly byte[] s_null = [5, 0];

    public bool HasNoParameters => Parameters.IsEmpty;

    public bool HasNoOrNullParameters => Parameters.IsEmpty || Parameters.Span.SequenceEqual(s_null);

    /// <summary>The next value of the reader.</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static AlgorithmIdentifier Read(AsnReader reader, Asn1Tag? tag = null)
    {
        var inside = reader.PeekContentBytes();
        var fields = reader.ReadSequence(tag);
        var oid = fields.ReadObjectIdentifier();
        var parameters = fields.HasData ? fields.ReadEncodedValue() : ReadOnlyMemory<byte>.Empty;
        fields.ThrowIfNotEmpty();
        return new AlgorithmIdentifier(oid, parameters, inside);
    }
}
