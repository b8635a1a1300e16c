using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Signatures.Trust;

/// <summary>Whether a certificate may sign at a moment, and who issued it. Its revocation is another matter.</summary>
internal static class CertificateChain
{
    private static readonly HashSet<string> s_algorithms = new(StringComparer.Ordinal)
    {
        "1.2.840.10045.4.3.2",
        "1.2.840.10045.4.3.3",
        "1.2.840.10045.4.3.4",
        "1.2.840.113549.1.1.10",
        "1.2.840.113549.1.1.11",
        "1.2.840.113549.1.1.12",
        "1.2.840.113549.1.1.13",
    };

    /// <summary>The issuer, one of the pinned certificates (or the signer's own when that is a root), or the rule broken.</summary>
    public static Result<X509Certificate2> IssuerOf(RegisteredSigner signer, DateTimeOffset now)
    {
        if (now < signer.ValidFrom || now >= signer.ValidUntil)
        {
            return SignatureRules.Validity;
        }

        if (CertificatePurpose.FaultIn(signer.Certificate) is { } otherPurpose)
        {
            return otherPurpose;
        }

        using var chain = new X509Chain { ChainPolicy = PolicyFor(signer, now) };
        try
        {
            // The verdict as a whole: flags of chain elements are not the whole truth (CVE-2024-0057).
            return chain.Build(signer.Certificate) && Issuer(chain, signer) is { } issuer
                ? issuer
                : SignatureRules.Chain;
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    /// <summary>The pinned issuer, provided that every link is pinned and signed with an allowed algorithm.</summary>
    private static X509Certificate2? Issuer(X509Chain chain, RegisteredSigner signer)
    {
        var links = chain.ChainElements.Select(element => element.Certificate).ToList();
        var issuers = links.Skip(1).Select(link => signer.Roots.FirstOrDefault(root => Same(root, link))).ToList();
        return
            issuers.Contains(null)
            || links.SkipLast(1).Any(link => !s_algorithms.Contains(link.SignatureAlgorithm.Value ?? string.Empty))
            ? null
            : issuers.FirstOrDefault() ?? signer.Certificate;
    }

    private static X509ChainPolicy PolicyFor(RegisteredSigner signer, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
        };
        foreach (var pinned in signer.Roots)
        {
            (IsRoot(pinned) ? policy.CustomTrustStore : policy.ExtraStore).Add(pinned);
        }

        return policy;
    }

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static bool Same(X509Certificate2 one, X509Certificate2 other) =>
        one.RawDataMemory.Span.SequenceEqual(other.RawDataMemory.Span);
}
