using System.Text.Json;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.Water;

/// <summary>Makes the company's order of a leg; what the leg does not have is left out.</summary>
internal static class WaterOrderWriter
{
    public static WaterOrder Write(LegOrder order, WaterOptions options) =>
        new()
        {
            Number = order.Leg.Key,
            Acceptance = order.Leg.LegId,
            Kind = order.Kind == JointKind.Transfer ? "gh" : "xz",
            Division = options.Division,
            Unit = options.Unit,
            Consent = order.Consent,
            Need = new WaterNeed(order.Need.PeakFlow, order.Need.Use),
            ApplicantName = Field(order, FormFields.ApplicantName),
            ApplicantCodeType = Field(order, FormFields.ApplicantCode) is { } code ? TypeOf(code) : null,
            ApplicantCode = Field(order, FormFields.ApplicantCode),
            LegalRepresentative = Field(order, FormFields.LegalRepresentative),
            AgentName = Field(order, FormFields.AgentName),
            FormerHolder = Field(order, FormFields.FormerHolder),
            Address = Field(order, FormFields.Address),
            UnitNumber = Field(order, FormFields.UnitNumber),
            CertificateNumber = Field(order, FormFields.CertificateNumber),
            Account = Field(order, FormFields.Account),
            Proofs = [.. order.Proofs.Select(Proof)],
            Papers = [.. order.Papers.Select(paper => new WaterPaper(paper.Proof, paper.Reference, paper.Sha256))],
        };

    private static WaterProof Proof(HandedProof proof) =>
        new(
            proof.Check,
            JsonNamingPolicy.CamelCase.ConvertName(proof.Outcome.ToString()),
            proof.AsOf is { } asOf ? WireTime.Text(asOf) : null,
            proof.EvidenceId
        );

    private static string TypeOf(string code) => CreditCode.Parse(code).IsValid ? "6" : "1";

    private static string? Field(LegOrder order, string name) => order.Fields.GetValueOrDefault(name);
}
