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
        LicencesFound licences,
        PropertyTitleQuestion question,
        DateOnly today
    )
    {
        var titles = new List<(PropertyTitleFacts Facts, Licence Licence)>(licences.Readable.Count);
        var unreadable = licences.Unreadable.ToList();
        foreach (var licence in licences.Readable)
        {
            if (!FactsOf(licence, today).Succeeded(out var facts, out var failure))
            {
                unreadable.Add((licence.Number, failure));
            }
            else if (IsAskedFor(facts, question))
            {
                titles.Add((facts, licence));
            }
        }

        // Another title of the holder that cannot be read says nothing about the one that was asked for.
        if (unreadable.Find(row => MayBeAskedFor(row.Number, question, titles.Count > 0)) is { Failure: { } unread })
        {
            return unread;
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

    /// <summary>Whether a row that cannot be read may be the title asked for: by its number, or, while none was found, because it has none.</summary>
    private static bool MayBeAskedFor(string? number, PropertyTitleQuestion question, bool isFound) =>
        question.Certificate is { } asked && TitleNumber.Parse(number) is { IsValid: true, Value: var certificate }
            ? certificate == asked
            : !isFound;

    private static WireRead<PropertyTitleFacts> FactsOf(Licence licence, DateOnly today)
    {
        var certificate = TitleNumber.Parse(licence.Number);
        if (!certificate.IsValid)
        {
            return WireFailure.Field("certificateNumber");
        }

        var unit =
            licence.Surface.TryGetValue(UnitOnSurface, out var text) && !WireHolders.IsNothing(text)
                ? UnitNumber.Parse(text)
                : (Parsed<UnitNumber>?)null;
        if (unit is { IsValid: false })
        {
            return WireFailure.Field("unit");
        }

        if (licence.Holders.Any(holder => holder.Name is null))
        {
            return WireFailure.Field("certificateHolder");
        }

        return new PropertyTitleFacts(
            certificate.Value,
            unit?.Value,
            FormerUnit: null,
            [.. licence.Holders.Select(holder => new TitleHolder(holder.Name!.Value, holder.Code))],
            licence.IsValidOn(today),
            IsSeized: null,
            IsMortgaged: null
        );
    }
}
