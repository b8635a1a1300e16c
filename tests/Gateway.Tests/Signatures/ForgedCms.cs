using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>A SignedData written part by part, right unless a test says otherwise; every signature in it is a real one.</summary>
internal sealed record ForgedCms(X509Certificate2 Certificate, byte[] Content)
{
    public const string Data = "1.2.840.113549.1.7.1";
    public const string SignedDataType = "1.2.840.113549.1.7.2";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Md5 = "1.2.840.113549.2.5";
    private static readonly Asn1Tag s_0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag s_1 = new(TagClass.ContextSpecific, 1);

    public bool Attached { get; init; }
    public string OuterType { get; init; } = SignedDataType;
    public string ContentType { get; init; } = Data;
    public string Digest { get; init; } = Sha256;
    public string? AnnouncedDigest { get; init; }
    public string SignatureAlgorithm { get; init; } = "1.2.840.10045.4.3.2";
    public Action<AsnWriter>? SignatureParameters { get; init; }
    public RSASignaturePadding Padding { get; init; } = RSASignaturePadding.Pkcs1;

    /// <summary>The signed attributes, each as encoded; null: none at all.</summary>
    public Func<ForgedCms, IEnumerable<byte[]>>? Attributes { get; init; } = Usual;

    /// <summary>The signed attributes against their order in DER, and signed so.</summary>
    public bool Unsorted { get; init; }
    public byte[]? UnsignedAttributes { get; init; }
    public IReadOnlyList<byte[]>? Carried { get; init; }
    public int Signers { get; init; } = 1;
    public int Version { get; init; } = 1;

    public byte[] DigestOfContent => HashOf(Content);

    public static IEnumerable<byte[]> Usual(ForgedCms cms) => [ContentTypeOf(Data), DigestOf(cms.DigestOfContent)];

    public static byte[] ContentTypeOf(string oid) =>
        Attribute("1.2.840.113549.1.9.3", writer => writer.WriteObjectIdentifier(oid));

    public static byte[] DigestOf(byte[] digest) =>
        Attribute("1.2.840.113549.1.9.4", writer => writer.WriteOctetString(digest));

    public static byte[] SigningTimeOf(DateTimeOffset time) =>
        Attribute("1.2.840.113549.1.9.5", writer => writer.WriteUtcTime(time));

    public static byte[] SigningCertificateOf(byte[] hash, Action<AsnWriter>? issuerAndSerial = null) =>
        Attribute(
            "1.2.840.113549.1.9.16.2.47",
            writer =>
            {
                using (writer.PushSequence())
                using (writer.PushSequence())
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(hash);
                    issuerAndSerial?.Invoke(writer);
                }
            }
        );

    public static byte[] Attribute(string oid, params Action<AsnWriter>[] values)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSetOf())
            {
                foreach (var value in values)
                {
                    value(writer);
                }
            }
        }

        return writer.Encode();
    }

    /// <summary>The signed attributes as the SET that is signed.</summary>
    public byte[] SignedSet()
    {
        if (Unsorted)
        {
            byte[] turned = [.. Attributes!(this).Reverse().SelectMany(attribute => attribute)];
            return [0x31, (byte)turned.Length, .. turned];
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            foreach (var attribute in Attributes!(this))
            {
                writer.WriteEncodedValue(attribute);
            }
        }

        return writer.Encode();
    }

    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(OuterType);
            using (writer.PushSequence(s_0))
            using (writer.PushSequence())
            {
                WriteData(writer);
            }
        }

        return writer.Encode();
    }

    private void WriteData(AsnWriter writer)
    {
        writer.WriteInteger(Version);
        using (writer.PushSetOf())
        {
            Algorithm(writer, AnnouncedDigest ?? Digest);
        }

        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(ContentType);
            if (Attached)
            {
                using (writer.PushSequence(s_0))
                {
                    writer.WriteOctetString(Content);
                }
            }
        }

        if ((Carried ?? [Certificate.RawData]) is { Count: > 0 } carried)
        {
            using (writer.PushSetOf(s_0))
            {
                foreach (var certificate in carried)
                {
                    writer.WriteEncodedValue(certificate);
                }
            }
        }

        using (writer.PushSetOf())
        {
            for (var i = 0; i < Signers; i++)
            {
                WriteSigner(writer);
            }
        }
    }

    private void WriteSigner(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(Certificate.IssuerName.RawData);
                writer.WriteInteger(Certificate.SerialNumberBytes.Span);
            }

            Algorithm(writer, Digest);
            var signed = Content;
            if (Attributes is not null)
            {
                signed = SignedSet();
                writer.WriteEncodedValue([0xA0, .. signed.AsSpan(1)]);
            }

            Algorithm(writer, SignatureAlgorithm, SignatureParameters);
            writer.WriteOctetString(SignatureOf(HashOf(signed)));
            if (UnsignedAttributes is not null)
            {
                using (writer.PushSetOf(s_1))
                {
                    writer.WriteEncodedValue(UnsignedAttributes);
                }
            }
        }
    }

    private byte[] SignatureOf(byte[] hash)
    {
        using var ec = Certificate.GetECDsaPrivateKey();
        using var rsa = Certificate.GetRSAPrivateKey();
        return ec?.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence) ?? rsa!.SignHash(hash, Name(), Padding);
    }

    private byte[] HashOf(byte[] bytes) => CryptographicOperations.HashData(Name(), bytes);

    private HashAlgorithmName Name() =>
        Digest switch
        {
            Sha1 => HashAlgorithmName.SHA1,
            Md5 => HashAlgorithmName.MD5,
            Sha384 => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA256,
        };

    private static void Algorithm(AsnWriter writer, string oid, Action<AsnWriter>? parameters = null)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            parameters?.Invoke(writer);
        }
    }
}
