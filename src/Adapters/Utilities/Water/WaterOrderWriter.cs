using System.Text.Json;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.Water;

/// <summary>Makes the company's order of a leg; what the leg does not have is left out.</summary>
internal static class WaterOrderWriter
{
    private const string ResidentCode = "1";
    private const string CreditCode = "6";

    public static WaterOrder Write(LegOrder order, WaterOptions options) =>
        new WaterOrder
        {
            Number = order.Leg.Key,
            Acceptance = order.Leg.LegId,
            Kind = LinkageOrderWriter.KindOf(order),
            Division = options.Division,
            Unit = options.Unit,
            Consent = order.Consent,
            Need = new WaterNeed(order.Need.PeakFlow, order.Need.Use),
            Proofs = [.. order.Proofs.Select(Proof)],
            Papers = [.. order.Papers.Select(paper => new WaterPaper(paper.Proof, paper.Reference, paper.Sha256))],
        }.WithForm(order, ResidentCode, CreditCode);

    private static WaterProof Proof(HandedProof proof) =>
        new(
            proof.Check,
            JsonNamingPolicy.CamelCase.ConvertName(proof.Outcome.ToString()),
            proof.AsOf is { } asOf ? WireTime.Text(asOf) : null,
            proof.EvidenceId
        );
}
