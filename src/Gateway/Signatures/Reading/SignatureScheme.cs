using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Integration.Gateway.Signatures.Reading;

/// <summary>
/// How a signature was made: the allow-list. Another family (SM2 with SM3) is one more row here and one more kind of
/// <see cref="Trust.SignerKey"/>.
/// </summary>
/// <param name="Hash">The digest that was signed.</param>
/// <param name="Padding">RSA's; null for ECDSA.</param>
/// <param name="Curve">Of ECDSA, where the algorithm names one, dotted; null: it names none, and the key's own is meant.</param>
internal sealed record SignatureScheme(HashAlgorithmName Hash, RSASignaturePadding? Padding, string? Curve = null)
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string Pss = "1.2.840.113549.1.1.10";
    private const string Mgf1 = "1.2.840.113549.1.1.8";
    private const int LongestNumber = 64;

    public bool IsRsa => Padding is not null;

    /// <summary>SHA-256, SHA-384 or SHA-512, with absent or NULL parameters; anything else is null.</summary>
    public static HashAlgorithmName? HashOf(AlgorithmIdentifier algorithm) =>
        !algorithm.HasNoOrNullParameters
            ? null
            : algorithm.Oid switch
            {
                "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
                "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
                "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
                _ => null,
            };

    /// <summary>The scheme of a signature over a digest of the given algorithm; null when it is not allowed or does not fit.</summary>
    /// <remarks>
    /// Key stores of Windows name the kind of the key instead of the algorithm (<c>rsaEncryption</c>, <c>id-ecPublicKey</c>): then the
    /// digest is the one that the signer names beside it.
    /// </remarks>
    public static SignatureScheme? From(AlgorithmIdentifier algorithm, HashAlgorithmName hash) =>
        algorithm.Oid switch
        {
            RsaEncryption => Rsa(algorithm, hash),
            EcPublicKey => Keyed(algorithm, hash),
            _ => From(algorithm) is { } scheme && scheme.Hash == hash ? scheme : null,
        };

    /// <summary>The scheme of an algorithm that names its digest itself, as certificates and revocation lists have it.</summary>
    public static SignatureScheme? From(AlgorithmIdentifier algorithm) =>
        algorithm.Oid switch
        {
            "1.2.840.10045.4.3.2" => Ecdsa(algorithm, HashAlgorithmName.SHA256),
            "1.2.840.10045.4.3.3" => Ecdsa(algorithm, HashAlgorithmName.SHA384),
            "1.2.840.10045.4.3.4" => Ecdsa(algorithm, HashAlgorithmName.SHA512),
            "1.2.840.113549.1.1.11" => Rsa(algorithm, HashAlgorithmName.SHA256),
            "1.2.840.113549.1.1.12" => Rsa(algorithm, HashAlgorithmName.SHA384),
            "1.2.840.113549.1.1.13" => Rsa(algorithm, HashAlgorithmName.SHA512),
            Pss => PssOf(algorithm.Parameters),
            _ => null,
        };

    /// <summary>What a refusal calls the algorithm: its name where it is known, else its number, at most 64 characters of it.</summary>
    public static string NameOf(AlgorithmIdentifier algorithm) =>
        algorithm.Oid switch
        {
            "1.3.14.3.2.26" => "SHA-1",
            "1.2.840.113549.2.5" => "MD5",
            "2.16.840.1.101.3.4.2.1" => "SHA-256",
            "2.16.840.1.101.3.4.2.2" => "SHA-384",
            "2.16.840.1.101.3.4.2.3" => "SHA-512",
            RsaEncryption => "rsaEncryption",
            EcPublicKey => "id-ecPublicKey",
            Pss => "RSASSA-PSS",
            "1.2.840.113549.1.1.5" => "sha1WithRSAEncryption",
            "1.2.840.113549.1.1.11" => "sha256WithRSAEncryption",
            "1.2.840.113549.1.1.12" => "sha384WithRSAEncryption",
            "1.2.840.113549.1.1.13" => "sha512WithRSAEncryption",
            "1.2.840.10045.4.1" => "ecdsa-with-SHA1",
            "1.2.840.10045.4.3.2" => "ecdsa-with-SHA256",
            "1.2.840.10045.4.3.3" => "ecdsa-with-SHA384",
            "1.2.840.10045.4.3.4" => "ecdsa-with-SHA512",
            "1.2.156.10197.1.501" => "SM2 with SM3",
            { Length: <= LongestNumber } number => number,
            var number => $"{number[..LongestNumber]}…",
        };

    /// <summary>The digest of bytes.</summary>
    public static byte[] Digest(HashAlgorithmName hash, ReadOnlySpan<byte> bytes) =>
        CryptographicOperations.HashData(hash, bytes);

    private static SignatureScheme? Ecdsa(AlgorithmIdentifier algorithm, HashAlgorithmName hash) =>
        algorithm.HasNoParameters ? new SignatureScheme(hash, Padding: null) : null;

    private static SignatureScheme? Rsa(AlgorithmIdentifier algorithm, HashAlgorithmName hash) =>
        algorithm.HasNoOrNullParameters ? new SignatureScheme(hash, RSASignaturePadding.Pkcs1) : null;

    /// <summary>RFC 5480, 2.1.1: the parameters are those of a key, so they may name its curve.</summary>
    private static SignatureScheme? Keyed(AlgorithmIdentifier algorithm, HashAlgorithmName hash)
    {
        if (algorithm.HasNoOrNullParameters)
        {
            return new SignatureScheme(hash, Padding: null);
        }

        try
        {
            var reader = new AsnReader(algorithm.Parameters, AsnEncodingRules.DER);
            var curve = reader.ReadObjectIdentifier();
            reader.ThrowIfNotEmpty();
            return new SignatureScheme(hash, Padding: null, curve);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>RFC 4055, 3.1: the defaults are SHA-1, so nothing may be left out; one digest for all, salt of its length.</summary>
    private static SignatureScheme? PssOf(ReadOnlyMemory<byte> parameters)
    {
        try
        {
            var outer = new AsnReader(parameters, AsnEncodingRules.DER);
            var fields = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var hash = HashOf(AlgorithmIdentifier.Read(Field(fields, 0)));
            var mask = AlgorithmIdentifier.Read(Field(fields, 1));
            var maskHash = HashOf(AlgorithmIdentifier.Read(new AsnReader(mask.Parameters, AsnEncodingRules.DER)));
            return
                hash is { } name
                && mask.Oid == Mgf1
                && maskHash == name
                && Field(fields, 2).TryReadInt32(out var salt)
                && salt == Digest(name, []).Length
                && !fields.HasData
                ? new SignatureScheme(name, RSASignaturePadding.Pss)
                : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static AsnReader Field(AsnReader fields, int number) =>
        fields.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, number, isConstructed: true));
}
