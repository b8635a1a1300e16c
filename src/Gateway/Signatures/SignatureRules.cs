using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Signatures;

/// <summary>The rules by which a signature is refused; docs/spec/signatures.md lists each with its reason.</summary>
internal static class SignatureRules
{
    public static Refusal Size { get; } = No("size", "the CMS is larger than allowed.");

    public static Refusal Der { get; } =
        No("der", "the CMS is not one complete DER value; no indefinite lengths and nothing behind it.");

    public static Refusal Depth { get; } = No("depth", "the CMS is nested deeper than allowed.");

    public static Refusal Structure { get; } = No("structure", "this is no SignedData of RFC 5652.");

    public static Refusal ContentType { get; } =
        No("content-type", "SignedData over id-data (1.2.840.113549.1.7.1) is needed, in its attribute too.");

    public static Refusal ContentAttached { get; } =
        No("content", "a detached signature carries no content, and this one does.");

    public static Refusal ContentMissing { get; } = No("content", "the signature carries no content.");

    public static Refusal ContentSet { get; } =
        No("content-set", "the content itself is a DER SET and could pass for signed attributes.");

    public static Refusal Signers { get; } = No("signers", "exactly one signer is needed.");

    public static Refusal Signer { get; } = No("signer", "the certificate is not registered.");

    public static Refusal OtherCertificate { get; } =
        No("signer", "the CMS carries certificates, but not the registered one of its signer.");

    public static Refusal DigestAlgorithm(string names) =>
        No("digest-algorithm", $"{names} is named; SHA-256, SHA-384 or SHA-512 is needed, the same at every place.");

    public static Refusal SignatureAlgorithm(string name, string digest) =>
        No(
            "signature-algorithm",
            $"{name} over {digest} is named; ECDSA, RSA PKCS #1 v1.5 or RSA-PSS (salt as long as the digest) is needed, with the signer's digest algorithm."
        );

    public static Refusal Key { get; } =
        No("key", "a key on P-256 or P-384, or RSA of 2048 bits or more, that fits the algorithm is needed.");

    public static Refusal SignedAttributes { get; } =
        No("signed-attributes", "content-type and message-digest are needed, each attribute once with one value.");

    public static Refusal AlgorithmProtection { get; } =
        No("algorithm-protection", "the attribute names other algorithms than were used.");

    public static Refusal SigningCertificate { get; } =
        No("signing-certificate", "signing-certificate-v2 names another certificate.");

    public static Refusal SigningCertificateMissing { get; } =
        No("signing-certificate", "signing-certificate-v2 (RFC 5035) is needed.");

    public static Refusal SigningTime { get; } =
        No("signing-time", "it lies in the future, or before the certificate was valid; set the clock.");

    public static Refusal MessageDigest { get; } =
        No("message-digest", "the content is not what was signed; not one byte may change on its way.");

    public static Refusal Signature { get; } = No("signature", "it does not fit the signed attributes.");

    public static Refusal Validity { get; } = No("validity", "the certificate is expired or not yet valid.");

    public static Refusal Chain { get; } = No("chain", "the certificate does not lead to the pinned roots.");

    public static Refusal KeyUsage { get; } =
        No("key-usage", "the certificate is not for digitalSignature or nonRepudiation.");

    public static Refusal ExtendedKeyUsage { get; } =
        No(
            "extended-key-usage",
            "the certificate is for other purposes than signing: emailProtection, documentSigning, codeSigning or any is needed, or no such extension."
        );

    public static Refusal Authority { get; } =
        No("authority", "the certificate is that of an authority, which signs certificates and no messages.");

    public static Refusal Revoked { get; } = No("revoked", "the issuer has revoked the certificate.");

    /// <summary>Ours to mend, so that the sender tries again instead of giving the message up.</summary>
    public static Refusal RevocationData { get; } =
        Refusal.Unavailable with
        {
            Detail =
                "Rule revocation-data: the gateway has no revocation list of the issuer that is recent enough. "
                + "Nothing was acknowledged. Send it again after the time in Retry-After; the operators are told.",
            RetryAfter = TimeSpan.FromMinutes(5),
        };

    private static Refusal No(string rule, string fault) => Refusal.SignatureInvalid($"Rule {rule}: {fault}");
}
