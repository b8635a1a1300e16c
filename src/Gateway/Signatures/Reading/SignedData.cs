namespace Integration.Gateway.Signatures.Reading;

/// <summary>A SignedData with one signer, read and not yet believed (RFC 5652, 5.1 and 5.3).</summary>
internal sealed record SignedData
{
    /// <summary>The content that it carries; null when detached.</summary>
    public required ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The certificates that it carries, as encoded. They identify no sender and lead to no issuer.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; init; }

    public required SignerId SignerId { get; init; }

    public required AlgorithmIdentifier Digest { get; init; }

    public required AlgorithmIdentifier SignatureAlgorithm { get; init; }

    /// <summary>As encoded, with the tag [0] under which they stand.</summary>
    public required ReadOnlyMemory<byte> SignedAttributes { get; init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>What was signed: the attributes as the SET that they are (RFC 5652, 5.4).</summary>
    public byte[] SignedBytes()
    {
        var bytes = SignedAttributes.ToArray();
        bytes[0] = 0x31;
        return bytes;
    }
}

/// <summary>Whom the CMS names as signer: issuer and serial number, or the subject key identifier.</summary>
internal sealed record SignerId(
    ReadOnlyMemory<byte> Issuer,
    ReadOnlyMemory<byte> Serial,
    ReadOnlyMemory<byte> KeyIdentifier
)
{
    public bool Names(RegisteredSigner signer) =>
        KeyIdentifier.IsEmpty
            ? Serial.Span.SequenceEqual(signer.Certificate.SerialNumberBytes.Span)
                && Issuer.Span.SequenceEqual(signer.Certificate.IssuerName.RawData)
            : KeyIdentifier.Span.SequenceEqual(signer.KeyIdentifier.Span);
}
