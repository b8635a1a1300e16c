using System.Net;
using Integration.Adapters.Ports;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform;
using Integration.Gateway.Sharing.Catalogue;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>A test that the catalogue states and that may be sent now.</summary>
/// <param name="Operation">Has a test, and its approval holds.</param>
/// <param name="CatalogueVersion">The catalogue that states it.</param>
internal sealed record PlannedTest(SharedOperation Operation, string CatalogueVersion);

/// <summary>One signed test question, which concerns no person: what was sent and what came of it, without anything of the answer.</summary>
internal sealed class TestedCall(PlannedTest plan, Caller caller, TimeProvider time)
{
    public SharedOperation Operation => plan.Operation;

    public string CatalogueVersion => plan.CatalogueVersion;

    public Caller Caller => caller;

    public string EvidenceId { get; } = Identifiers.New("evd", time);

    /// <summary>Our number of this question, 32 lower hex digits.</summary>
    public string RequestId { get; } = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    public DateTimeOffset AskedAt { get; } = time.GetUtcNow();

    /// <summary>How often it has left.</summary>
    public int Attempts { get; set; }

    /// <summary>SHA-256 of the body as sent, lower hex.</summary>
    public string? RequestDigest { get; set; }

    /// <summary>SHA-256 of the answer, lower hex; null while it is not complete.</summary>
    public string? AnswerDigest { get; set; }

    /// <summary>The agency's status; null without an answer.</summary>
    public HttpStatusCode? Status { get; set; }

    /// <summary>Why there is no usable answer; null: there is one.</summary>
    public AgencyFailure? Failure { get; set; }

    /// <summary>The number of a case that does not exist.</summary>
    public string CaseId => $"DIAGNOSIS-{RequestId}";

    public CallTrace Trace(DateTimeOffset answeredAt) =>
        new(
            Operation.Agency.Name,
            Operation.Name,
            RequestId,
            AskedAt,
            answeredAt,
            Attempts,
            RequestDigest,
            AnswerDigest
        );
}
