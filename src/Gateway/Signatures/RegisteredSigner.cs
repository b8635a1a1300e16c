using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Gateway.Signatures;

/// <summary>A certificate that operators registered for one sender, and the roots it has to chain to.</summary>
/// <param name="Owner">Whom it was registered for, e.g. an event source.</param>
/// <param name="Certificate">The signer's certificate.</param>
/// <param name="Roots">Pinned roots, and the authorities between them and the signer; nothing else is trusted or looked for.</param>
/// <param name="RevocationList">Reference to the issuer's revocation list (DER or PEM file); null: the issuer has none, as registered.</param>
/// <param name="NeedsSigningCertificate">Whether the sender's profile demands signing-certificate-v2 (RFC 5035).</param>
internal sealed record RegisteredSigner(
    string Owner,
    X509Certificate2 Certificate,
    IReadOnlyList<X509Certificate2> Roots,
    string? RevocationList,
    bool NeedsSigningCertificate
)
{
    /// <summary>SHA-256 of the certificate, upper-case hex.</summary>
    public string Thumbprint { get; } = Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public DateTimeOffset ValidFrom { get; } = new(Certificate.NotBefore);

    /// <summary>It signs until then.</summary>
    public DateTimeOffset ValidUntil { get; } = new(Certificate.NotAfter);

    /// <summary>Its subject key identifier; empty when it has none.</summary>
    public ReadOnlyMemory<byte> KeyIdentifier { get; } =
        Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } identifier
            ? identifier.SubjectKeyIdentifierBytes
            : default;

    /// <summary>Whether these bytes are this certificate, to the last one.</summary>
    public bool Is(ReadOnlySpan<byte> certificate) => certificate.SequenceEqual(Certificate.RawDataMemory.Span);

    public override string ToString() => $"signer {Owner}";
}
