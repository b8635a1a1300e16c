using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;

namespace Integration.Adapters.LicenceLibrary;

/// <summary>
/// Business licences from the licence library: copies as they were issued, so a second source behind the register of
/// enterprises.
/// </summary>
internal sealed class LibraryBusinessLicenceSource(LicenceLibraryAgency query, TimeProvider time)
    : IBusinessLicenceSource
{
    private static readonly string[] s_representativeOnSurface = ["法定代表人", "负责人", "经营者", "投资人"];

    private static readonly string[] s_statusOnSurface = ["经营状态", "登记状态", "企业状态"];

    public string Agency => LicenceLibraryAgency.Name;

    public Task<AgencyAnswer<BusinessLicenceFacts>> AskAsync(
        BusinessLicenceQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        query.AskAsync(
            LicenceKind.BusinessLicence,
            question.CreditCode.Value,
            request,
            licences => Choose(licences, question.CreditCode, WireDate.Today(time)),
            cancellationToken
        );

    /// <summary>The latest copy of the one licence an enterprise has.</summary>
    internal static Reading<BusinessLicenceFacts> Choose(LicencesFound found, CreditCode creditCode, DateOnly today)
    {
        // An enterprise has one licence: any copy that cannot be read may be the one in force.
        if (found.Unreadable is [(_, var unreadable), ..])
        {
            return unreadable;
        }

        var licences = found.Readable;
        if (licences.Count == 0)
        {
            return new Reading<BusinessLicenceFacts>.Unknown();
        }

        if (
            licences.Any(licence =>
                CreditCode.Parse(licence.Number) is not { IsValid: true } number || number.Value != creditCode
            )
        )
        {
            return WireFailure.Binding("certificateNumber");
        }

        var newest = licences.Max(licence => licence.IssuedOn);
        return licences.Where(licence => licence.IssuedOn == newest).ToArray() is [var latest]
            ? FactsOf(latest, today)
            : new Reading<BusinessLicenceFacts>.Several(licences.Count);
    }

    private static Reading<BusinessLicenceFacts> FactsOf(Licence licence, DateOnly today)
    {
        if (licence.Holders is not [var enterprise] || StatusOf(licence) is not { } status)
        {
            return WireFailure.Field(licence.Holders.Count == 1 ? "standing" : "certificateHolder");
        }

        var representative = s_representativeOnSurface
            .Select(name => licence.Surface.GetValueOrDefault(name))
            .OfType<string>()
            .Select(text => (Parsed<PartyName>?)PartyName.Parse(text))
            .FirstOrDefault();
        if (representative is { IsValid: false })
        {
            return WireFailure.Field("representative");
        }

        return new BusinessLicenceFacts(
            enterprise.Name,
            representative?.Value,
            status,
            EstablishedOn: WireDate.Parse(licence.Surface.GetValueOrDefault("成立日期")),
            Size: null,
            IsStateOwned: null
        )
        {
            IsExpired = !licence.IsValidOn(today),
        };
    }

    private static string? StatusOf(Licence licence) =>
        s_statusOnSurface
            .Select(name => WireText.Clean(licence.Surface.GetValueOrDefault(name)))
            .FirstOrDefault(word => word is not null);
}
