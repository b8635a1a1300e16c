using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Events.Model;

/// <summary>What a transfer asks for: the joint form a hall would send. Pure; nothing is checked here.</summary>
internal static class TransferRequest
{
    public static JointApplicationRequest Form(EventTransfer transfer, string caseId) =>
        new()
        {
            CaseId = caseId,
            Purpose = Purposes.JointTransfer,
            Basis = transfer.Basis,
            Kind = JointKind.Transfer,
            Applicant = transfer.Applicant,
            Agent = transfer.Agent,
            Premises = transfer.Premises,
            Utilities = transfer.Utilities,
            Former = transfer.Former,
        };

    /// <summary>Kind and reference of the legal basis, e.g. <c>consent:CONSENT-1</c>.</summary>
    public static string BasisOf(EventTransfer transfer) =>
        transfer.Basis is { Kind: { } kind } basis ? $"{JsonNames.From(kind)}:{basis.Reference}" : "none stated";
}
