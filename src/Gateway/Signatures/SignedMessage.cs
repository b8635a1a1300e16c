namespace Integration.Gateway.Signatures;

/// <summary>
/// Bytes whose signature holds. Only <see cref="SignedMessageVerifier"/> makes one, so what takes it never sees unverified
/// content.
/// </summary>
internal sealed class SignedMessage
{
    private SignedMessage(
        ReadOnlyMemory<byte> content,
        ReadOnlyMemory<byte> signature,
        RegisteredSigner signer,
        DateTimeOffset? signingTime
    ) => (Content, Signature, Signer, SigningTime) = (content, signature, signer, signingTime);

    /// <summary>The signed bytes, exactly as they were signed.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The CMS as it came (DER), to be kept with the content (电子签名法 Art. 13).</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Who signed.</summary>
    public RegisteredSigner Signer { get; }

    /// <summary>The signer's own word about when; null when it says nothing.</summary>
    public DateTimeOffset? SigningTime { get; }

    public override string ToString() => nameof(SignedMessage);

    /// <summary>For the verifier only.</summary>
    internal static SignedMessage Verified(
        ReadOnlyMemory<byte> content,
        ReadOnlyMemory<byte> signature,
        RegisteredSigner signer,
        DateTimeOffset? signingTime
    ) => new(content, signature, signer, signingTime);
}
