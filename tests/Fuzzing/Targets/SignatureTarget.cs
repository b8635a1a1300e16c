using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Integration.Gateway.Signatures.Reading;

namespace Integration.Fuzzing.Targets;

/// <summary>A sender's CMS. What is read here the runtime's own reader reads too: one signer, the same content, the same signature.</summary>
internal static class SignatureTarget
{
    public static void Read(byte[] input)
    {
        if (
            DerShape.FaultIn(input) is not null
            || !SignedDataReader.Read(input).Succeeded(out var data, out _)
            || SignatureScheme.HashOf(data.Digest) is not { } hash
        )
        {
            return;
        }

        _ = SignatureScheme.From(data.SignatureAlgorithm, hash);
        _ = data.SignedBytes();
        var runtime = new SignedCms();
        SignerInfoCollection signers;
        try
        {
            runtime.Decode(input);
            signers = runtime.SignerInfos;
        }
        catch (CryptographicException)
        {
            return; // stricter than we: a certificate that is none, an attribute without a value
        }

        if (signers.Count != 1)
        {
            throw new FuzzFinding($"{signers.Count} signers");
        }

        if (!(data.Content ?? default).Span.SequenceEqual(runtime.ContentInfo.Content))
        {
            throw new FuzzFinding("another content");
        }

        if (!data.Signature.Span.SequenceEqual(signers[0].GetSignature()))
        {
            throw new FuzzFinding("another signature");
        }
    }
}
