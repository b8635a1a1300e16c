using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;

namespace Integration.Adapters.LicenceLibrary;

/// <summary>Property titles from the licence library: copies as they were issued, so a second source behind the register.</summary>
internal sealed class LibraryTitleSource(LicenceLibraryAgency query, TimeProvider time) : IPropertyTitleSource
{
    private const string UnitOnSurface = "不动产单元号";

    public string Agency => LicenceLibraryAgency.Name;

    public bool NeedsHolderCode => true;

    public Task<AgencyAnswer<PropertyTitleFacts>> AskAsync(
        PropertyTitleQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        WirePartyCode.Normalise(question.HolderCode) is { } holderCode
            ? query.AskAsync(
                LicenceKind.Title,
                holderCode,
                request,
                licences => Choose(licences, question, WireDate.Today(time)),
                cancellationToken
            )
            : query.NotAskedAsync<PropertyTitleFacts>(request);

    /// <summary>Of all titles of the holder the one that was asked for.</summary>
    internal static Reading<PropertyTitleFacts> Choose(
        IReadOnlyList<Licence> licences,
        PropertyTitleQuestion question,
        DateOnly today
    )
    {
        var titles = new List<(PropertyTitleFacts Facts, Licence Licence)>(licences.Count);
        foreach (var licence in licences)
        {
            if (!FactsOf(licence, today).Succeeded(out var facts, out var failure))
            {
                return failure;
            }

            if (IsAskedFor(facts, question))
            {
                titles.Add((facts, licence));
            }
        }

        var latest = titles
            .GroupBy(title => title.Facts.Certificate)
            .Select(copies => copies.MaxBy(copy => copy.Licence.IssuedOn ?? DateOnly.MinValue).Facts)
            .ToArray();
        return latest switch
        {
            [] => new Reading<PropertyTitleFacts>.Unknown(),
            [var only] => only,
            _ => new Reading<PropertyTitleFacts>.Several(latest.Length),
        };
    }

    private static bool IsAskedFor(PropertyTitleFacts facts, PropertyTitleQuestion question) =>
        question.Certificate is { } certificate ? facts.Certificate == certificate
        : question.Unit is { } unit ? facts.Unit == unit
        : true;

    private static WireRead<PropertyTitleFacts> FactsOf(Licence licence, DateOnly today)
    {
        var certificate = TitleNumber.Parse(licence.Number);
        if (!certificate.IsValid)
        {
            return WireFailure.Field("certificateNumber");
        }

        var unit = licence.Surface.TryGetValue(UnitOnSurface, out var text)
            ? UnitNumber.Parse(text)
            : (Parsed<UnitNumber>?)null;
        if (unit is { IsValid: false })
        {
            return WireFailure.Field("unit");
        }

        return new PropertyTitleFacts(
            certificate.Value,
            unit?.Value,
            FormerUnit: null,
            licence.Holders,
            licence.IsValidOn(today),
            IsSeized: null,
            IsMortgaged: null
        );
    }
}
