using System.Text.Json;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;

namespace Integration.Adapters.RealEstate;

/// <summary>One row of the registry's answer, read and in normal form.</summary>
internal sealed record TitleEntry(
    TitleNumber Certificate,
    UnitNumber? Unit,
    UnitNumber? FormerUnit,
    TitleHolder Holder,
    bool IsCurrent,
    bool? IsSeized,
    bool? IsMortgaged
)
{
    public static WireRead<TitleEntry> Read(TitleRow row)
    {
        var certificate = TitleNumber.Parse(row.Certificate);
        var holder = PartyName.Parse(row.HolderName);
        if (!certificate.IsValid || !holder.IsValid)
        {
            return WireFailure.Field(certificate.IsValid ? "QLRMC" : "BDCQZH");
        }

        if (!TryReadUnit(row.Unit, out var unit) || !TryReadUnit(row.FormerUnit, out var formerUnit))
        {
            return WireFailure.Field("BDCDYH");
        }

        if (CurrentIn(row.Status) is not { } isCurrent)
        {
            return WireFailure.Field("QSZT");
        }

        if (!TryReadMarks(row.Seizures, out var isSeized) || !TryReadMarks(row.Mortgages, out var isMortgaged))
        {
            return WireFailure.Field("DYAQ");
        }

        return new TitleEntry(
            certificate.Value,
            unit,
            formerUnit,
            new TitleHolder(holder.Value, WirePartyCode.Normalise(row.HolderCode)),
            isCurrent,
            isSeized,
            isMortgaged
        );
    }

    /// <summary>Whether the row carries a number that was asked for.</summary>
    public bool IsAbout(PropertyTitleQuestion question) =>
        (question.Certificate is { } certificate && certificate == Certificate)
        || (question.Unit is { } unit && (unit == Unit || unit == FormerUnit));

    /// <inheritdoc />
    public override string ToString() => nameof(TitleEntry);

    private static bool TryReadUnit(string? text, out UnitNumber? unit)
    {
        var parsed = text is null ? null : (Parsed<UnitNumber>?)UnitNumber.Parse(text);
        unit = parsed is { IsValid: true } ? parsed.Value.Value : null;
        return parsed is null or { IsValid: true };
    }

    private static bool? CurrentIn(string? status) =>
        status switch
        {
            "现势" => true,
            "历史" or "注销" => false,
            _ => null,
        };

    /// <summary>A list of registrations: any in it is a mark; where the registry sends no list it says nothing.</summary>
    private static bool TryReadMarks(JsonElement list, out bool? isMarked)
    {
        isMarked = list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() > 0 : null;
        return list.ValueKind is JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined
            || (list.ValueKind == JsonValueKind.String && WireText.Clean(list.GetString()) is null);
    }
}
