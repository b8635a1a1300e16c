using Integration.Sandbox.Fixtures;

namespace Integration.Sandbox.Agencies.LicenceLibrary;

/// <summary>
/// What the library holds. It lags behind the registers: a renamed holder keeps the former name, a company the former legal
/// representative; a cancelled title is no longer shared.
/// </summary>
internal sealed class LicenceShelf(Registers registers)
{
    /// <summary>中华人民共和国不动产权证书.</summary>
    public const string TitleType = "11100000MB03271699022";

    /// <summary>营业执照.</summary>
    public const string BusinessLicenceType = "11100000MB0143028R001";

    private const string Issuer = "11421022000000000X";
    private const string CurrentTitle = "现势";
    private static readonly DateOnly Since = new(2024, 1, 15);

    public static bool Serves(string? typeCode) => typeCode is TitleType or BusinessLicenceType;

    public IReadOnlyList<Licence> Find(string holderCode, bool isPerson, string typeCode)
    {
        var knows = isPerson ? registers.People.ContainsKey(holderCode) : registers.Company(holderCode) is not null;
        if (!knows)
        {
            return [];
        }

        return typeCode == TitleType
                ? [.. registers.TitlesByHolder[holderCode].Where(title => title.Status == CurrentTitle).Select(OfTitle)]
            : registers.Company(holderCode) is { } company ? [OfCompany(company)]
            : [];
    }

    private Licence OfTitle(Title title) =>
        new()
        {
            Identifier = LicenceNumbers.Create(TitleType, Issuer, title.UnitNumber),
            TypeName = "中华人民共和国不动产权证书",
            Holder = string.Join('^', title.Holders.Select(NameWhenIssued)),
            HolderCode = string.Join('^', title.Holders.Select(holder => holder.Code)),
            Number = title.CertificateNumber,
            IssuedBy = "公安县自然资源和规划局",
            IssuedOn = Since,
            Surface =
            [
                ("坐落", title.Location),
                ("用途", title.Use),
                ("面积", FormattableString.Invariant($"{title.AreaSquareMetres}平方米")),
                ("不动产单元号", title.UnitNumber),
            ],
        };

    private static Licence OfCompany(Company company) =>
        new()
        {
            Identifier = LicenceNumbers.Create(BusinessLicenceType, Issuer, company.Uscc),
            TypeName = "营业执照",
            Holder = company.Name,
            HolderCode = company.Uscc,
            Number = company.Uscc,
            IssuedBy = "公安县市场监督管理局",
            IssuedOn = company.EstablishedOn,
            Surface =
            [
                ("法定代表人", company.FormerLegalRepresentative ?? company.LegalRepresentative),
                ("经营状态", company.Status),
            ],
        };

    private string NameWhenIssued(Holder holder) =>
        registers.People.GetValueOrDefault(holder.Code)?.FormerName ?? holder.Name;
}
