using System.Text.Json;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>Makes the marketing system's order and attachments of a leg; what the leg does not have is left out.</summary>
internal static class ElectricityOrderWriter
{
    private const int NamingDigits = 16;
    private const string ResidentCode = "01";
    private const string CreditCode = "07";

    public static PowerOrder Write(LegOrder order) =>
        new PowerOrder
        {
            Number = order.Leg.Key,
            Acceptance = order.Leg.LegId,
            Kind = LinkageOrderWriter.KindOf(order),
            Consent = order.Consent,
            Capacity = order.Need.CapacityKw,
            Use = order.Need.Use,
            Attachments = Attachments(order).Count,
        }.WithForm(order, ResidentCode, CreditCode);

    /// <summary>Each with a name of its own, the same whenever the order is written; a paper that was handed in twice is one.</summary>
    public static IReadOnlyList<PowerAttachment> Attachments(LegOrder order) =>
        [
            .. order
                .Proofs.Select(FromProof)
                .Concat(order.Papers.Select(FromPaper))
                .DistinctBy(attachment => attachment.Name, StringComparer.Ordinal),
        ];

    private static PowerAttachment FromProof(HandedProof proof) =>
        new()
        {
            Name = $"proof-{proof.Check}",
            Kind = "1",
            Title = proof.Check,
            Outcome = JsonNamingPolicy.CamelCase.ConvertName(proof.Outcome.ToString()),
            AsOf = proof.AsOf is { } asOf ? WireTime.Text(asOf) : null,
            Evidence = proof.EvidenceId,
        };

    private static PowerAttachment FromPaper(LegPaper paper) =>
        new()
        {
            Name = $"paper-{paper.Sha256[..Math.Min(NamingDigits, paper.Sha256.Length)]}",
            Kind = "2",
            Title = paper.Proof,
            Reference = paper.Reference,
            Digest = paper.Sha256,
        };
}
