using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;

namespace Integration.Adapters.RealEstate;

/// <summary>
/// Makes facts of the registry's answer: envelope, then binding to the question, then one title of the rows of its
/// holders.
/// </summary>
internal static class RealEstateReader
{
    private const string Success = "0000";
    private const string NotAuthorised = "4003";

    public static Reading<PropertyTitleFacts> Read(TitleAnswer answer, TitleQuery query)
    {
        if (FailureIn(answer.Head, query.Number) is { } failure)
        {
            return failure;
        }

        return WireJson
            .ReadRows(answer.Data, RealEstateJson.Default.IReadOnlyListTitleRow)
            .Succeeded(out var rows, out var fault)
            ? ReadRows(rows, query.Question)
            : fault;
    }

    private static AgencyFailure? FailureIn(TitleAnswerHead? head, string number) =>
        head?.Code switch
        {
            null => WireFailure.Structure("code"),
            GxDataSigner.TokenRefused => CallFailure.Secret("code-4001"),
            NotAuthorised => WireFailure.Credentials(NotAuthorised),
            not Success => WireFailure.Envelope(head.Code),
            _ when head.Cxqqdh != number => WireFailure.Binding("cxqqdh"),
            _ => null,
        };

    private static Reading<PropertyTitleFacts> ReadRows(IReadOnlyList<TitleRow> rows, PropertyTitleQuestion question)
    {
        if (rows.Count == 0)
        {
            return new Reading<PropertyTitleFacts>.Unknown();
        }

        var entries = new List<TitleEntry>(rows.Count);
        AgencyFailure? unreadable = null;
        foreach (var row in rows)
        {
            if (!TitleEntry.Read(row).Succeeded(out var entry, out var failure))
            {
                if (TitleEntry.MayBeAbout(row, question))
                {
                    return failure;
                }

                unreadable ??= failure;
            }
            else if (entry.IsAbout(question))
            {
                entries.Add(entry);
            }
            else
            {
                return WireFailure.Binding("title");
            }
        }

        if (entries.Count == 0 && unreadable is { } only)
        {
            return only;
        }

        return OneTitle([.. entries.GroupBy(entry => entry.Certificate).Select(title => title.ToArray())], question);
    }

    /// <summary>A unit has one title in force and may have many of the past: those do not make it ambiguous.</summary>
    private static Reading<PropertyTitleFacts> OneTitle(TitleEntry[][] titles, PropertyTitleQuestion question)
    {
        var current = titles.Where(title => title.All(entry => entry.IsCurrent)).ToArray();
        return (titles, current) switch
        {
            ([var only], _) => Merge(only, question.Unit),
            (_, [var only]) => Merge(only, question.Unit),
            _ => new Reading<PropertyTitleFacts>.Several(titles.Length),
        };
    }

    private static PropertyTitleFacts Merge(TitleEntry[] entries, UnitNumber? asked) =>
        new(
            entries[0].Certificate,
            OneOf(entries.SelectMany(entry => entry.Units), asked),
            OneOf(entries.SelectMany(entry => entry.FormerUnits), asked),
            [.. entries.SelectMany(entry => entry.Holders).Distinct()],
            entries.All(entry => entry.IsCurrent),
            Any(entries.Select(entry => entry.IsSeized)),
            Any(entries.Select(entry => entry.IsMortgaged))
        );

    /// <summary>A certificate may cover several units: the one asked for counts, else the only one, else none.</summary>
    private static UnitNumber? OneOf(IEnumerable<UnitNumber> units, UnitNumber? asked)
    {
        var known = units.Distinct().ToArray();
        return asked is { } unit && known.Contains(unit) ? unit
            : known is [var only] ? only
            : null;
    }

    private static bool? Any(IEnumerable<bool?> marks)
    {
        var known = marks.OfType<bool>().ToArray();
        return known.Length == 0 ? null : known.Contains(value: true);
    }
}
