using System.Globalization;
using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.Gas;

/// <summary>Writes the company's forms; what the leg does not have is left out.</summary>
internal static class GasFormWriter
{
    public static FormUrlEncodedContent Order(LegOrder order) =>
        new([
            new(GasWire.Number, order.Leg.Key),
            new("xmbh", order.Leg.LegId),
            new("ywlb", order.Kind == JointKind.Transfer ? "GH" : "XZ"),
            new("sqsbh", order.Consent),
            .. Given("zdyql", order.Need.PeakFlow?.ToString(CultureInfo.InvariantCulture)),
            .. Given("yqlx", order.Need.Use),
            .. Given(
                "zjlx",
                order.Fields.GetValueOrDefault(FormFields.ApplicantCode) is { } code ? TypeOf(code) : null
            ),
            .. GasWire.Fields.SelectMany(field => Given(field.Key, order.Fields.GetValueOrDefault(field.Value))),
            .. order.Proofs.SelectMany(Proof),
            .. order.Papers.SelectMany(Paper),
        ]);

    /// <summary>A question about one order.</summary>
    public static FormUrlEncodedContent About(LegKey leg) => new([new(GasWire.Number, leg.Key)]);

    public static FormUrlEncodedContent Visit(LegKey leg, VisitSlot slot) =>
        new([new(GasWire.Number, leg.Key), new("qsj", GasWire.Time(slot.From)), new("zsj", GasWire.Time(slot.Until))]);

    public static FormUrlEncodedContent Account(TransferQuestion question) =>
        new([new("khbh", question.Account), new("yhm", question.FormerHolder)]);

    /// <summary>Proofs are counted: <c>zm1.mc</c>, <c>zm2.mc</c>, …</summary>
    private static IEnumerable<KeyValuePair<string, string>> Proof(HandedProof proof, int index)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"zm{index + 1}.");
        return
        [
            new(prefix + "mc", proof.Check),
            new(prefix + "jg", JsonNamingPolicy.CamelCase.ConvertName(proof.Outcome.ToString())),
            .. Given(prefix + "sj", proof.AsOf is { } asOf ? GasWire.Time(asOf) : null),
            new(prefix + "bh", proof.EvidenceId),
        ];
    }

    private static IEnumerable<KeyValuePair<string, string>> Paper(LegPaper paper, int index)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"wj{index + 1}.");
        return [new(prefix + "mc", paper.Proof), new(prefix + "dz", paper.Reference), new(prefix + "zy", paper.Sha256)];
    }

    private static string TypeOf(string code) => CreditCode.Parse(code).IsValid ? "XYDM" : "SFZ";

    private static IEnumerable<KeyValuePair<string, string>> Given(string name, string? value) =>
        value is null ? [] : [new(name, value)];
}
