using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Integration.Gateway.Signatures.Reading;

namespace Integration.Gateway.Signatures.Trust;

/// <summary>A complete revocation list (RFC 5280, 5) whose signature its issuer made.</summary>
internal sealed class RevocationList
{
    /// <summary>A list is out of date by then, even when it says that it lasts longer.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(31);

    private const string PemLabel = "X509 CRL";
    private readonly HashSet<BigInteger> _revoked;
    private readonly RevocationScope _scope;

    private RevocationList(RevocationListReader list) =>
        (ThisUpdate, OutOfDate, _revoked, _scope) = (
            list.ThisUpdate,
            Earlier(list.NextUpdate, list.ThisUpdate + Oldest),
            list.Revoked,
            list.Scope
        );

    public DateTimeOffset ThisUpdate { get; }

    /// <summary>Its <c>nextUpdate</c>, at most <see cref="Oldest"/> after <see cref="ThisUpdate"/>.</summary>
    public DateTimeOffset OutOfDate { get; }

    /// <summary>Reads DER or PEM; null when it is no complete list that this issuer signed.</summary>
    public static RevocationList? Read(byte[] file, X509Certificate2 issuer)
    {
        try
        {
            var list = RevocationListReader.Read(DerOf(file));
            return
                list.Issuer.Span.SequenceEqual(issuer.SubjectName.RawData)
                && MaySignLists(issuer)
                && SignatureScheme.From(list.Algorithm) is { } scheme
                && SignerKey.From(issuer) is { } key
                && key.Fits(scheme)
                && key.Made(list.Signature.Span, SignatureScheme.Digest(scheme.Hash, list.Signed.Span), scheme)
                ? new RevocationList(list)
                : null;
        }
        catch (Exception reason) when (reason is AsnContentException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether the list speaks about this certificate at all: it may be for a part of the issuer's certificates.</summary>
    public bool Covers(X509Certificate2 certificate) => _scope.Covers(certificate);

    public bool Names(X509Certificate2 certificate) =>
        _revoked.Contains(new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: false, isBigEndian: true));

    private static byte[] DerOf(byte[] file)
    {
        var text = Encoding.ASCII.GetString(file);
        return PemEncoding.TryFind(text, out var found) && text[found.Label] == PemLabel
            ? Convert.FromBase64String(text[found.Base64Data])
            : file;
    }

    private static bool MaySignLists(X509Certificate2 issuer) =>
        issuer
            .Extensions.OfType<X509KeyUsageExtension>()
            .All(usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign));

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
