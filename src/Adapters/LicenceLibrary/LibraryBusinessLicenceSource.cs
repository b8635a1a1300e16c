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
    internal static Reading<BusinessLicenceFacts> Choose(
        IReadOnlyList<Licence> licences,
        CreditCode creditCode,
        DateOnly today
    )
    {
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
        if (licence.Holders is not [var enterprise] || StandingOf(licence) is not { } standing)
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
            standing,
            EstablishedOn: WireDate.Parse(licence.Surface.GetValueOrDefault("成立日期")),
            Size: null,
            IsStateOwned: null
        )
        {
            IsExpired = !licence.IsValidOn(today),
        };
    }

    private static EnterpriseStanding? StandingOf(Licence licence) =>
        licence.Surface.TryGetValue("经营状态", out var state) ? EnterpriseTerms.Standing(state) : null;
}
