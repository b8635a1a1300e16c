using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.TownWater;

/// <summary>Makes the waterworks' order of a leg: only what the receiver was granted is in it.</summary>
internal static class TownWaterOrderWriter
{
    public static TownWaterOrder Write(LegOrder order) =>
        new()
        {
            Key = order.Leg.Key,
            LegId = order.Leg.LegId,
            Kind = order.Kind == JointKind.Transfer ? "transfer" : "new",
            Consent = order.Consent,
            PeakFlow = order.Need.PeakFlow,
            Name = order.Fields.GetValueOrDefault(FormFields.ApplicantName),
            Code = order.Fields.GetValueOrDefault(FormFields.ApplicantCode),
            Address = order.Fields.GetValueOrDefault(FormFields.Address),
            Account = order.Fields.GetValueOrDefault(FormFields.Account),
            FormerHolder = order.Fields.GetValueOrDefault(FormFields.FormerHolder),
            Papers =
            [
                .. order.Proofs.Select(proof => proof.EvidenceId),
                .. order.Papers.Select(paper => paper.Reference),
            ],
        };
}
