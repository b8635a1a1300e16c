using System.Text.Json;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;

namespace Integration.Adapters.GridResource;

/// <summary>Makes facts of the platform's answer.</summary>
internal static class GridResourceReader
{
    public static Reading<GridResourceFacts> Read(GridAnswer answer, UnitNumber asked) =>
        answer switch
        {
            { Code: null } => WireFailure.Structure("code"),
            { Code: "401" } => CallFailure.Secret("code-401"),
            { Code: "403" } => WireFailure.Credentials(answer.Code),
            { Code: not "0" } => WireFailure.Envelope(answer.Code),
            { Data.ValueKind: JsonValueKind.Null } => new Reading<GridResourceFacts>.Unknown(),
            { Data.ValueKind: not JsonValueKind.Object } => WireFailure.Structure("data"),
            _ => WireJson.Read(answer.Data, GridResourceJson.Default.GridRow).Succeeded(out var row, out var failure)
                ? ReadRow(row, asked)
                : failure,
        };

    private static Reading<GridResourceFacts> ReadRow(GridRow row, UnitNumber asked)
    {
        if (UnitNumber.Parse(row.UnitNumber) is not { IsValid: true } unit)
        {
            return WireFailure.Field("unitNumber");
        }

        if (unit.Value != asked)
        {
            return WireFailure.Binding("unitNumber");
        }

        return
            WireNumber.ParseAmount(row.NearestLowVoltageMetres) is { } metres
            && WireNumber.ParseAmount(row.SpareCapacityKw) is { } capacity
            ? new GridResourceFacts(metres, capacity)
            : WireFailure.Field("capacity");
    }
}
