using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>Makes facts of the marketing system's answer.</summary>
internal static class ElectricityReader
{
    public static Reading<UtilityAccountFacts> Read(LinkageAnswer answer, UtilityAccountQuestion asked) =>
        LinkageEnvelope.Open<AccountRow, UtilityAccountFacts>(
            answer,
            ElectricityJson.Default.AccountRow,
            mayBeUnknown: true,
            row => ReadRow(row, asked)
        );

    private static Reading<UtilityAccountFacts> ReadRow(AccountRow row, UtilityAccountQuestion asked)
    {
        if (row.Consno != asked.AccountNumber)
        {
            return row.Consno is null ? WireFailure.Field("consno") : WireFailure.Binding("consno");
        }

        if (PartyName.Parse(row.HolderName) is not { IsValid: true } holder)
        {
            return WireFailure.Field("qlrmc");
        }

        var unit = WireHolders.IsNothing(row.Unit) ? null : (Parsed<UnitNumber>?)UnitNumber.Parse(row.Unit);
        if (unit is { IsValid: false })
        {
            return WireFailure.Field("bdcdyh");
        }

        return ArrearsIn(row) is { } arrears
            ? new UtilityAccountFacts(holder.Value, WirePartyCode.Normalise(row.HolderCode), unit?.Value, arrears)
            : WireFailure.Field("qfje");
    }

    /// <summary>Flag and amount must say the same; null when they do not.</summary>
    private static decimal? ArrearsIn(AccountRow row) =>
        (row.OwesAnything, WireNumber.ParseAmount(row.Arrears)) switch
        {
            ("0", 0) => 0,
            ("0", null) when row.Arrears is null => 0,
            ("1", > 0 and var arrears) => arrears,
            _ => null,
        };
}
