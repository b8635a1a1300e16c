using System.Text.Json;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;

namespace Integration.Adapters.RealEstate;

/// <summary>One row of the registry's answer, read and in normal form.</summary>
internal sealed record TitleEntry(
    TitleNumber Certificate,
    IReadOnlyList<UnitNumber> Units,
    IReadOnlyList<UnitNumber> FormerUnits,
    IReadOnlyList<TitleHolder> Holders,
    bool IsCurrent,
    bool? IsSeized,
    bool? IsMortgaged
)
{
    public static WireRead<TitleEntry> Read(TitleRow row)
    {
        var certificate = TitleNumber.Parse(row.Certificate);
        if (!certificate.IsValid)
        {
            return WireFailure.Field("BDCQZH");
        }

        if (WireHolders.Read(row.HolderName, row.HolderCode) is not { } holders)
        {
            return WireFailure.Field("QLRMC");
        }

        if (UnitsIn(row.Unit) is not { } units)
        {
            return WireFailure.Field("BDCDYH");
        }

        if (UnitsIn(row.FormerUnit) is not { } formerUnits)
        {
            return WireFailure.Field("YBDCDYH");
        }

        if (CurrentIn(row.Status) is not { } isCurrent)
        {
            return WireFailure.Field("QSZT");
        }

        if (!TryReadMarks(row.Seizures, out var isSeized))
        {
            return WireFailure.Field("CFDJ");
        }

        return TryReadMarks(row.Mortgages, out var isMortgaged)
            ? new TitleEntry(certificate.Value, units, formerUnits, holders, isCurrent, isSeized, isMortgaged)
            : WireFailure.Field("DYAQ");
    }

    /// <summary>Whether the row carries a number that was asked for.</summary>
    public bool IsAbout(PropertyTitleQuestion question) =>
        (question.Certificate is { } certificate && certificate == Certificate)
        || (question.Unit is { } unit && (Units.Contains(unit) || FormerUnits.Contains(unit)));

    /// <summary>
    /// Whether a row that cannot be read may be the title that was asked for: it is in force, and no number that can be read says that it is
    /// another one's. A past title, or another one, says nothing about the one that was asked for.
    /// </summary>
    public static bool MayBeAbout(TitleRow row, PropertyTitleQuestion question)
    {
        var certificate = TitleNumber.Parse(row.Certificate);
        return question.Certificate is { } asked && certificate.IsValid
            ? certificate.Value == asked
            : CurrentIn(row.Status) != false
                && (
                    question.Unit is not { } unit
                    || UnitsIn(row.Unit) is not { Count: > 0 } units
                    || units.Contains(unit)
                );
    }

    /// <inheritdoc />
    public override string ToString() => nameof(TitleEntry);

    /// <summary>None, one, or several in one field; null when one of them cannot be read.</summary>
    private static IReadOnlyList<UnitNumber>? UnitsIn(string? text)
    {
        if (WireHolders.IsNothing(text))
        {
            return [];
        }

        var units = WireHolders.Split(text).Select(UnitNumber.Parse).ToArray();
        return units.All(unit => unit.IsValid) ? [.. units.Select(unit => unit.Value)] : null;
    }

    private static bool? CurrentIn(string? status) =>
        status switch
        {
            "现势" => true,
            "历史" or "注销" => false,
            _ => null,
        };

    /// <summary>A list of registrations: any in it is a mark, a word for nothing is none; where the registry sends no list it says nothing.</summary>
    private static bool TryReadMarks(JsonElement list, out bool? isMarked)
    {
        isMarked = list.ValueKind switch
        {
            JsonValueKind.Array => list.GetArrayLength() > 0,
            JsonValueKind.String when WireText.Clean(list.GetString()) is { } word && WireHolders.IsNothing(word) =>
                false,
            _ => null,
        };
        return list.ValueKind is JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined
            || (list.ValueKind == JsonValueKind.String && WireHolders.IsNothing(list.GetString()));
    }
}
