using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Signatures.Reading;
using Integration.Gateway.Signatures.Trust;

namespace Integration.Gateway.Signatures;

/// <summary>
/// The one verifier of CMS signatures (RFC 5652): <c>SignedCms.CheckSignature</c> alone accepts far too much
/// (docs/spec/signatures.md lists every rule).
/// <code>
///  bytes ──(1)──▶ whole DER ──(2)──▶ one SignedData, one signer ──(3)──▶ content ──(4)──▶ who signed, with what
///                                                                                          │
///  message ◀──(7)── signer stands ◀──(6)── signature fits ◀──(5)── signed attributes fit ◀─┘
/// </code>
/// </summary>
internal sealed class SignedMessageVerifier(SignerTrust trust, TimeProvider time)
{
    /// <summary>Most bytes of a CMS without its content.</summary>
    public const int LargestSignature = 64 * 1024;

    /// <summary>Most bytes of content that a CMS may carry.</summary>
    public const int LargestContent = 1024 * 1024;

    /// <summary>Verifies a detached signature over bytes as they came.</summary>
    /// <returns>
    /// The message; 401 <c>signature-invalid</c> naming the rule; 503 <c>unavailable</c> when the gateway's revocation data is too old
    /// to say.
    /// </returns>
    public Result<SignedMessage> VerifyDetached(
        ReadOnlyMemory<byte> content,
        ReadOnlyMemory<byte> signature,
        IReadOnlyCollection<RegisteredSigner> signers
    ) => Verify(content, signature, LargestSignature, signers);

    /// <summary>Verifies a signature that carries its content.</summary>
    /// <inheritdoc cref="VerifyDetached" />
    public Result<SignedMessage> VerifyAttached(
        ReadOnlyMemory<byte> signature,
        IReadOnlyCollection<RegisteredSigner> signers
    ) => Verify(detached: null, signature, LargestContent + LargestSignature, signers);

    private Result<SignedMessage> Verify(
        ReadOnlyMemory<byte>? detached,
        ReadOnlyMemory<byte> signature,
        int largest,
        IReadOnlyCollection<RegisteredSigner> signers
    )
    {
        // 1 shape
        if (signature.Length > largest)
        {
            return SignatureRules.Size;
        }

        if (DerShape.FaultIn(signature.Span) is { } misshapen)
        {
            return misshapen;
        }

        // 2 one SignedData, one signer
        if (!SignedDataReader.Read(signature).Succeeded(out var data, out var malformed))
        {
            return malformed;
        }

        // 3 content
        if (!Content(detached, data, signature.Length).Succeeded(out var content, out var noContent))
        {
            return noContent;
        }

        // 4 to 7
        return Judge(data, content, signers).Succeeded(out var judged, out var refusal)
            ? SignedMessage.Verified(content, signature, judged.Signer, judged.SigningTime)
            : refusal;
    }

    private static Result<ReadOnlyMemory<byte>> Content(ReadOnlyMemory<byte>? detached, SignedData data, int length)
    {
        if (detached is not null && data.Content is not null)
        {
            return SignatureRules.ContentAttached;
        }

        if ((detached ?? data.Content) is not { } content)
        {
            return SignatureRules.ContentMissing;
        }

        return length - (data.Content?.Length ?? 0) > LargestSignature ? SignatureRules.Size
            : ContentSet.Is(content.Span) ? SignatureRules.ContentSet
            : content;
    }

    private Result<Judged> Judge(
        SignedData data,
        ReadOnlyMemory<byte> content,
        IReadOnlyCollection<RegisteredSigner> signers
    )
    {
        // 4 who, with what
        if (SignatureScheme.HashOf(data.Digest) is not { } hash)
        {
            return SignatureRules.DigestAlgorithm(SignatureScheme.NameOf(data.Digest));
        }

        if (SignatureScheme.From(data.SignatureAlgorithm, hash) is not { } scheme)
        {
            return SignatureRules.SignatureAlgorithm(
                SignatureScheme.NameOf(data.SignatureAlgorithm),
                SignatureScheme.NameOf(data.Digest)
            );
        }

        if (!SignerOf(data, signers).Succeeded(out var signer, out var unknown))
        {
            return unknown;
        }

        if (trust.KeyOf(signer) is not { } key || !key.Fits(scheme))
        {
            return SignatureRules.Key;
        }

        // 5 signed attributes
        if (!SignedAttributes.Read(data.SignedAttributes).Succeeded(out var attributes, out var badAttributes))
        {
            return badAttributes;
        }

        if (FaultIn(attributes, data, signer) is { } fault)
        {
            return fault;
        }

        if (!attributes.MessageDigest.Span.SequenceEqual(SignatureScheme.Digest(hash, content.Span)))
        {
            return SignatureRules.MessageDigest;
        }

        // 6 signature
        if (!key.Made(data.Signature.Span, SignatureScheme.Digest(hash, data.SignedBytes()), scheme))
        {
            return SignatureRules.Signature;
        }

        // 7 signer
        return trust.StandingOf(signer).Refused is { } refused ? refused : new Judged(signer, attributes.SigningTime);
    }

    private Refusal? FaultIn(SignedAttributes attributes, SignedData data, RegisteredSigner signer)
    {
        if (
            attributes.AlgorithmProtection is { } protection
            && !AlgorithmProtection.Names(protection, data.Digest, data.SignatureAlgorithm)
        )
        {
            return SignatureRules.AlgorithmProtection;
        }

        if (
            attributes.SigningTime is { } signed
            && (signed > time.GetUtcNow() + SignerTrust.ClockSkew || signed < signer.ValidFrom - SignerTrust.ClockSkew)
        )
        {
            return SignatureRules.SigningTime;
        }

        return attributes.SigningCertificate is { } named
            ? SigningCertificate.Names(named, signer.Certificate)
                ? null
                : SignatureRules.SigningCertificate
            : signer.NeedsSigningCertificate
                ? SignatureRules.SigningCertificateMissing
                : null;
    }

    /// <summary>The registered certificate that the CMS names, whether it carries one or not.</summary>
    private static Result<RegisteredSigner> SignerOf(SignedData data, IReadOnlyCollection<RegisteredSigner> signers)
    {
        var named = signers.Where(data.SignerId.Names).ToList();
        if (named.Count == 0)
        {
            return SignatureRules.Signer;
        }

        if (data.Certificates.Count == 0)
        {
            return named.Count == 1 ? named[0] : SignatureRules.Signer;
        }

        return named.Find(signer => data.Certificates.Any(carried => signer.Is(carried.Span))) is { } signed
            ? signed
            : SignatureRules.OtherCertificate;
    }

    private readonly record struct Judged(RegisteredSigner Signer, DateTimeOffset? SigningTime);
}
