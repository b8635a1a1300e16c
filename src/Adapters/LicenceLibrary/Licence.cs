using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;

namespace Integration.Adapters.LicenceLibrary;

/// <summary>What kind of licence a type name means.</summary>
internal enum LicenceKind
{
    /// <summary>A real-estate certificate.</summary>
    Title,

    /// <summary>A business licence.</summary>
    BusinessLicence,

    /// <summary>Certifies a mortgage, a pre-notice or the like: no title, though libraries file it beside them.</summary>
    RegistrationProof,
}

/// <summary>One licence of the library's answer, read and in normal form.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Its number as printed.</param>
/// <param name="Holders">All holders, in the order printed.</param>
/// <param name="IssuedOn">Day of issue, where given.</param>
/// <param name="ValidFrom">First day of validity; null when open.</param>
/// <param name="ValidUntil">Last day of validity; null when open.</param>
/// <param name="Surface">What is printed on it, by name.</param>
internal sealed record Licence(
    LicenceKind Kind,
    string Number,
    IReadOnlyList<TitleHolder> Holders,
    DateOnly? IssuedOn,
    DateOnly? ValidFrom,
    DateOnly? ValidUntil,
    IReadOnlyDictionary<string, string> Surface
)
{
    public static WireRead<Licence> Read(LicenceRow row)
    {
        if (!LicenceIdentifier.Parse(row.CertificateIdentifier).IsValid)
        {
            return WireFailure.Field("certificateIdentifier");
        }

        if (KindOf(row.CertificateType) is not { } kind)
        {
            return WireFailure.Field("certificateType");
        }

        if (row.CertificateNumber is null)
        {
            return WireFailure.Field("certificateNumber");
        }

        if (HoldersOf(row) is not { } holders)
        {
            return WireFailure.Field("certificateHolder");
        }

        return new Licence(
            kind,
            row.CertificateNumber,
            holders,
            WireDate.Parse(row.IssueDate),
            WireDate.Parse(row.CertificateValidateStart),
            WireDate.Parse(row.CertificateValidateEnd),
            SurfaceOf(row.Surface ?? [])
        );
    }

    /// <summary>Whether the licence is valid on a day.</summary>
    public bool IsValidOn(DateOnly day) => !(ValidFrom > day) && !(ValidUntil < day);

    /// <inheritdoc />
    public override string ToString() => nameof(Licence);

    private static LicenceKind? KindOf(string? type) =>
        type switch
        {
            "中华人民共和国不动产权证书" or "不动产权证书" or "不动产权证" => LicenceKind.Title,
            "营业执照" or "电子营业执照" => LicenceKind.BusinessLicence,
            "不动产登记证明" or "中华人民共和国不动产登记证明" => LicenceKind.RegistrationProof,
            _ => null,
        };

    /// <summary>Names and codes, each joined by ^ in the same order; null when they do not fit together.</summary>
    private static TitleHolder[]? HoldersOf(LicenceRow row)
    {
        var names = (row.CertificateHolder ?? string.Empty).Split('^').Select(PartyName.Parse).ToArray();
        var codes = (row.CertificateHolderCode ?? string.Empty).Split('^').Select(WirePartyCode.Normalise).ToArray();
        return names.Length == codes.Length && names.All(name => name.IsValid) && !codes.Contains(value: null)
            ? [.. names.Zip(codes, (name, code) => new TitleHolder(name.Value, code))]
            : null;
    }

    private static Dictionary<string, string> SurfaceOf(IReadOnlyList<SurfaceItem> items)
    {
        var surface = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item is { Name: { } name, Value: { } value })
            {
                surface.TryAdd(name.TrimEnd(':', '：'), value);
            }
        }

        return surface;
    }
}
