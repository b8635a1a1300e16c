using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Signatures.Reading;

namespace Integration.Gateway.Signatures.Trust;

/// <summary>The public key of a certificate, opened once and ready for many signatures at once.</summary>
internal sealed class SignerKey
{
    /// <summary>RSA, bits.</summary>
    public const int SmallestRsa = 2048;

    private static readonly string[] s_curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34"];
    private readonly X509Certificate2 _certificate;
    private readonly bool _isRsa;

    /// <summary>Dotted; null of RSA.</summary>
    private readonly string? _curve;

    /// <summary>An instance checks one signature at a time.</summary>
    private readonly ConcurrentBag<AsymmetricAlgorithm> _free = [];

    private SignerKey(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        (_certificate, _isRsa, _curve) = (certificate, key is RSA, CurveOf(key));
        _free.Add(key);
    }

    /// <summary>The key, when it is on P-256 or P-384, or RSA of <see cref="SmallestRsa"/> bits or more; otherwise null.</summary>
    public static SignerKey? From(X509Certificate2 certificate)
    {
        var key = Open(certificate);
        if (key is RSA { KeySize: >= SmallestRsa } or ECDsa && IsNamed(key))
        {
            return new SignerKey(certificate, key);
        }

        key?.Dispose();
        return null;
    }

    /// <summary>Whether a signature of this scheme can come from this key.</summary>
    public bool Fits(SignatureScheme scheme) =>
        scheme.IsRsa == _isRsa && (scheme.Curve is null || scheme.Curve == _curve);

    /// <summary>Whether the signature was made with this key over bytes of this digest.</summary>
    public bool Made(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> digest, SignatureScheme scheme)
    {
        if (!_free.TryTake(out var key))
        {
            key = Open(_certificate)!;
        }

        try
        {
            return key switch
            {
                RSA rsa => scheme.Padding is { } padding && rsa.VerifyHash(digest, signature, scheme.Hash, padding),
                ECDsa ec => !scheme.IsRsa && ec.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence),
                _ => false,
            };
        }
        finally
        {
            _free.Add(key);
        }
    }

    private static AsymmetricAlgorithm? Open(X509Certificate2 certificate)
    {
        try
        {
            return certificate.GetECDsaPublicKey() ?? (AsymmetricAlgorithm?)certificate.GetRSAPublicKey();
        }
        catch (CryptographicException)
        {
            // A curve that the platform does not know.
            return null;
        }
    }

    private static bool IsNamed(AsymmetricAlgorithm key) =>
        key is not ECDsa || CurveOf(key) is { } curve && s_curves.Contains(curve, StringComparer.Ordinal);

    private static string? CurveOf(AsymmetricAlgorithm key) =>
        key is ECDsa ec && ec.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true } curve
            ? curve.Oid.Value
            : null;
}
