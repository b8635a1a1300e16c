using System.Text.Json;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>Makes the marketing system's order and attachments of a leg; what the leg does not have is left out.</summary>
internal static class ElectricityOrderWriter
{
    private const int NamingDigits = 16;

    public static PowerOrder Write(LegOrder order) =>
        new()
        {
            Number = order.Leg.Key,
            Acceptance = order.Leg.LegId,
            Kind = order.Kind == JointKind.Transfer ? "gh" : "xz",
            Consent = order.Consent,
            Capacity = order.Need.CapacityKw,
            Use = order.Need.Use,
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
            Attachments = Attachments(order).Count,
        };

    /// <summary>Each with a name of its own, the same whenever the order is written; a paper that was handed in twice is one.</summary>
    public static IReadOnlyList<PowerAttachment> Attachments(LegOrder order) =>
        [
            .. order
                .Proofs.Select(OfProof)
                .Concat(order.Papers.Select(OfPaper))
                .DistinctBy(attachment => attachment.Name, StringComparer.Ordinal),
        ];

    private static PowerAttachment OfProof(HandedProof proof) =>
        new()
        {
            Name = $"proof-{proof.Check}",
            Kind = "1",
            Title = proof.Check,
            Outcome = JsonNamingPolicy.CamelCase.ConvertName(proof.Outcome.ToString()),
            AsOf = proof.AsOf is { } asOf ? WireTime.Text(asOf) : null,
            Evidence = proof.EvidenceId,
        };

    private static PowerAttachment OfPaper(LegPaper paper) =>
        new()
        {
            Name = $"paper-{paper.Sha256[..Math.Min(NamingDigits, paper.Sha256.Length)]}",
            Kind = "2",
            Title = paper.Proof,
            Reference = paper.Reference,
            Digest = paper.Sha256,
        };

    private static string TypeOf(string code) => CreditCode.Parse(code).IsValid ? "07" : "01";

    private static string? Field(LegOrder order, string name) => order.Fields.GetValueOrDefault(name);
}
