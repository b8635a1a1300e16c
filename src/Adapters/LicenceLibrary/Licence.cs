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
    IReadOnlyList<LicenceHolder> Holders,
    DateOnly? IssuedOn,
    DateOnly? ValidFrom,
    DateOnly? ValidUntil,
    IReadOnlyDictionary<string, string> Surface
)
{
    /// <summary>Reads a row; a failure names its field.</summary>
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

        var (from, until) = (WireDate.Read(row.CertificateValidateStart), WireDate.ReadEnd(row.CertificateValidateEnd));
        if (from.IsUnreadable || until.IsUnreadable)
        {
            return WireFailure.Field(from.IsUnreadable ? "certificateValidateStart" : "certificateValidateEnd");
        }

        var issued = WireDate.Read(row.IssueDate);
        return issued.IsUnreadable
            ? WireFailure.Field("issueDate")
            : new Licence(
                kind,
                row.CertificateNumber,
                holders,
                issued.OrNull,
                from.OrNull,
                until.OrNull,
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

    /// <summary>
    /// Names and codes, each joined in the same order; null when they do not fit together. Only an individual business has no name: its code
    /// says which it is.
    /// </summary>
    private static LicenceHolder[]? HoldersOf(LicenceRow row)
    {
        var codes = WireHolders
            .Split(row.CertificateHolderCode)
            .Select(WirePartyCode.Normalise)
            .OfType<string>()
            .ToArray();
        if (codes is [var only] && WirePartyName.IsHidden(row.CertificateHolder))
        {
            return WirePartyName.MayBeMissing(only) ? [new LicenceHolder(Name: null, only)] : null;
        }

        var names = WireHolders.Split(row.CertificateHolder).Select(PartyName.Parse).ToArray();
        return
            names.Length > 0
            && names.Length == codes.Length
            && codes.Length == WireHolders.Split(row.CertificateHolderCode).Count
            && names.All(name => name.IsValid)
            ? [.. names.Zip(codes, (name, code) => new LicenceHolder(name.Value, code))]
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

/// <summary>A holder as a licence names it.</summary>
/// <param name="Name">Null: an individual business that has none.</param>
/// <param name="Code">Its code as the library holds it.</param>
internal sealed record LicenceHolder(PartyName? Name, string Code)
{
    /// <inheritdoc />
    public override string ToString() => nameof(LicenceHolder);
}

/// <summary>The licences of an answer, and those of its rows that cannot be read.</summary>
/// <param name="Readable">What can be read.</param>
/// <param name="Unreadable">The number of each row that cannot, as it stands there, and why.</param>
internal sealed record LicencesFound(
    IReadOnlyList<Licence> Readable,
    IReadOnlyList<(string? Number, AgencyFailure Failure)> Unreadable
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(LicencesFound);
}
