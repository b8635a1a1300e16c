using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Signatures;

/// <summary>
/// The one verifier of CMS signatures (RFC 5652): <c>SignedCms.CheckSignature</c> alone accepts far too much
/// (docs/spec/signatures.md lists every rule).
/// </summary>
internal sealed class SignedMessageVerifier(TimeProvider time)
{
    /// <summary>Verifies a detached signature over bytes as they came.</summary>
    /// <returns>The message, or 401 <c>signature-invalid</c> naming the rule.</returns>
    public Result<SignedMessage> VerifyDetached(
        ReadOnlyMemory<byte> content,
        ReadOnlyMemory<byte> signature,
        IReadOnlyCollection<RegisteredSigner> signers
    ) => Verify(new SignedCms(new ContentInfo(content.ToArray()), detached: true), content, signature, signers);

    /// <summary>Verifies a signature that carries its content.</summary>
    /// <inheritdoc cref="VerifyDetached" />
    public Result<SignedMessage> VerifyAttached(
        ReadOnlyMemory<byte> signature,
        IReadOnlyCollection<RegisteredSigner> signers
    ) => Verify(new SignedCms(), content: null, signature, signers);

    private Result<SignedMessage> Verify(
        SignedCms cms,
        ReadOnlyMemory<byte>? content,
        ReadOnlyMemory<byte> signature,
        IReadOnlyCollection<RegisteredSigner> signers
    )
    {
        _ = time;
        try
        {
            cms.Decode(signature.Span);
            var known = new X509Certificate2Collection();
            known.AddRange(signers.Select(signer => signer.Certificate).ToArray());
            cms.SignerInfos[0].CheckSignature(known, verifySignatureOnly: true);
            var used = cms.SignerInfos[0].Certificate!;
            var registered = signers.FirstOrDefault(signer => signer.Certificate.RawData.SequenceEqual(used.RawData));
            return registered is null
                ? Refusal.SignatureInvalid("Rule signer: the certificate is not registered.")
                : SignedMessage.Verified(content ?? cms.ContentInfo.Content, signature, registered, signingTime: null);
        }
        catch (CryptographicException)
        {
            return Refusal.SignatureInvalid("Rule signature: it does not fit the bytes.");
        }
    }
}
