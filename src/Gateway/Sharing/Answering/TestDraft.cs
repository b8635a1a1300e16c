using Integration.Adapters.Ports;
using Integration.Gateway.Evidence;
using Integration.Gateway.Sharing.Forwarding;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>The record of a test question, which concerns no person: asked by operators, under no grant, for no case.</summary>
internal static class TestDraft
{
    private const string Purpose = "operations.diagnosis";
    private const string Basis = "legalDuty:diagnosis";
    private const string Grants = "operations";

    public static EvidenceDraft From(TestedCall call, DateTimeOffset now) =>
        new()
        {
            EvidenceId = call.EvidenceId,
            Kind = EvidenceKind.SharedCall,
            CaseId = call.CaseId,
            CaseOwner = call.Caller.Id,
            ParentId = call.RequestId,
            CallerId = call.Caller.Id,
            Purpose = Purpose,
            Basis = Basis,
            Grants = Grants,
            Subject = call.Operation.Name,
            Outcome = call.Failure switch
            {
                null => "answered",
                { Stage: FailureStage.Authorisation } => "refused",
                _ => "unanswered",
            },
            Detail = call.Status is { } status
                ? $"{call.Operation.Approval}; http-{(int)status}"
                : call.Operation.Approval,
            Call = call.Trace(now),
            Failure = call.Failure,
            PolicyVersion = $"catalogue:{call.CatalogueVersion}",
            At = now,
        };
}
