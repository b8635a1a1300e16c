using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Signatures;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>A certification authority that issues what a test needs, also what no authority should.</summary>
internal sealed class Authority
{
    private readonly ECDsa _key;
    private readonly X509SignatureGenerator _generator;

    public Authority(string name = "CN=Test Event CA", Authority? above = null, int pathLength = 0)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, pathLength, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _key = key;
        _generator = X509SignatureGenerator.CreateForECDsa(key);
        var (from, until) = (Now.AddYears(-1), Now.AddYears(10));
        Certificate = above is null
            ? request.CreateSelfSigned(from, until)
            : above.Sign(request, from, until, HashAlgorithmName.SHA256).CopyWithPrivateKey(key);
    }

    public static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    public X509Certificate2 Certificate { get; }

    public X509Certificate2 Sign(
        CertificateRequest request,
        DateTimeOffset from,
        DateTimeOffset until,
        HashAlgorithmName hash,
        byte[]? serial = null
    ) =>
        new CertificateRequest(request.SubjectName, request.PublicKey, HashAlgorithmName.SHA256)
            .With(request.CertificateExtensions)
            .Create(
                Certificate.SubjectName,
                hash == HashAlgorithmName.SHA1 ? new WithSha1(_key) : _generator,
                from,
                until,
                serial ?? [1, .. RandomNumberGenerator.GetBytes(15)]
            );

    /// <summary>A certificate with its key.</summary>
    public X509Certificate2 Issue(
        string name = "CN=municipal-9210",
        AsymmetricAlgorithm? key = null,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null,
        X509KeyUsageFlags? usage = X509KeyUsageFlags.DigitalSignature,
        HashAlgorithmName? hash = null,
        byte[]? serial = null,
        string? revocationAddress = null,
        X509Extension[]? more = null
    )
    {
        key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is ECDsa ec
            ? new CertificateRequest(name, ec, HashAlgorithmName.SHA256)
            : new CertificateRequest(name, (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (usage is { } flags)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(flags, critical: true));
        }

        if (revocationAddress is not null)
        {
            request.CertificateExtensions.Add(
                CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([revocationAddress])
            );
        }

        foreach (var extension in more ?? [])
        {
            request.CertificateExtensions.Add(extension);
        }

        using var bare = Sign(
            request,
            from ?? Now.AddDays(-10),
            until ?? Now.AddYears(2),
            hash ?? HashAlgorithmName.SHA256,
            serial
        );
        return key is ECDsa own ? bare.CopyWithPrivateKey(own) : bare.CopyWithPrivateKey((RSA)key);
    }

    /// <summary>A revocation list, DER.</summary>
    public byte[] List(
        DateTimeOffset thisUpdate,
        DateTimeOffset nextUpdate,
        int number = 1,
        params X509Certificate2[] revoked
    )
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
        {
            list.AddEntry(certificate, thisUpdate);
        }

        return list.Build(
            Certificate.SubjectName,
            _generator,
            number,
            nextUpdate,
            HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false),
            thisUpdate
        );
    }

    /// <summary>A revocation list for the certificates that name this address; other fields as given, DER.</summary>
    public byte[] List(Action<AsnWriter> extensions)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            Algorithm(writer);
            writer.WriteEncodedValue(Certificate.SubjectName.RawData);
            writer.WriteUtcTime(Now.AddHours(-1));
            writer.WriteUtcTime(Now.AddDays(1));
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                extensions(writer);
            }
        }

        var signed = writer.Encode();
        var whole = new AsnWriter(AsnEncodingRules.DER);
        using (whole.PushSequence())
        {
            whole.WriteEncodedValue(signed);
            Algorithm(whole);
            whole.WriteBitString(_generator.SignData(signed, HashAlgorithmName.SHA256));
        }

        return whole.Encode();
    }

    public RegisteredSigner Register(
        X509Certificate2 certificate,
        string owner = "municipal-9210",
        string? list = null,
        bool needsSigningCertificate = false
    ) =>
        new(
            owner,
            X509CertificateLoader.LoadCertificate(certificate.RawData),
            [X509CertificateLoader.LoadCertificate(Certificate.RawData)],
            list,
            needsSigningCertificate
        );

    private static void Algorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.10045.4.3.2");
        }
    }
}

/// <summary>What the platform does not do any more.</summary>
file sealed class WithSha1(ECDsa key) : X509SignatureGenerator
{
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
        Convert.FromHexString("300906072A8648CE3D0401");

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
        key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);

    protected override PublicKey BuildPublicKey() => new(key);
}

file static class Requests
{
    public static CertificateRequest With(this CertificateRequest request, IEnumerable<X509Extension> extensions)
    {
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request;
    }
}
