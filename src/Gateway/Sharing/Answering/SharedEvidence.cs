using System.Security.Cryptography;
using Integration.Adapters.Ports;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Forwarding;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>
/// What is put on record of a forwarded request: one record before a whole answer leaves; for an answer that streams one
/// before its first byte and one after its last.
/// </summary>
internal sealed class SharedEvidence(EvidenceLog log, TimeProvider time)
{
    /// <summary>A whole answer, before it leaves.</summary>
    public Task<Result<SealedEvidence>> Answered(
        ShareCall call,
        ReadOnlyMemory<byte> body,
        Action<GatewayDb> alongside
    ) =>
        log.Seal(
            [
                Draft(
                    call,
                    call.EvidenceId,
                    "answered",
                    $"{Terms(call)}; left sha256:{Convert.ToHexStringLower(SHA256.HashData(body.Span))}"
                ),
            ],
            alongside,
            CancellationToken.None
        );

    /// <summary>An answer that is about to begin to leave.</summary>
    public async ValueTask<Result<SealedEvidence>> Begun(ShareCall call)
    {
        var seal = await log.Seal(
            [Draft(call, call.EvidenceId, "answering", Terms(call))],
            static _ => { },
            CancellationToken.None
        );
        call.HasBegun = seal.Succeeded(out _, out _);
        return seal;
    }

    /// <summary>The end of an answer that streamed.</summary>
    public Task<Result<SealedEvidence>> Ended(ShareCall call, Received.Streamed streamed)
    {
        var draft = Draft(
            call,
            Identifiers.New("evd", time),
            streamed.IsComplete ? "answered" : "brokenOff",
            $"{Terms(call)}; {streamed.Bytes} bytes left; began with {call.EvidenceId}"
        );
        return log.Seal([draft with { Failure = streamed.Failure }], static _ => { }, CancellationToken.None);
    }

    /// <summary>No usable answer.</summary>
    public Task<Result<SealedEvidence>> Unanswered(ShareCall call, AgencyFailure failure) =>
        log.Seal(
            [
                Draft(
                    call,
                    call.EvidenceId,
                    failure.Stage == FailureStage.Authorisation ? "refused" : "unanswered",
                    Terms(call)
                ) with
                {
                    Failure = failure,
                },
            ],
            static _ => { },
            CancellationToken.None
        );

    private EvidenceDraft Draft(ShareCall call, string evidenceId, string outcome, string detail)
    {
        var now = time.GetUtcNow();
        return new EvidenceDraft
        {
            EvidenceId = evidenceId,
            Kind = EvidenceKind.SharedCall,
            CaseId = call.Question.CaseId,
            ParentId = call.RequestId,
            CallerId = call.Granted.Caller.Id,
            Purpose = call.Question.Purpose,
            Basis = call.Question.Basis,
            Grants = call.Granted.GrantsText,
            Subject = call.Operation.Name,
            Outcome = outcome,
            Detail = detail,
            Call = call.Trace(now),
            PolicyVersion = $"catalogue:{call.CatalogueVersion}",
            At = now,
        };
    }

    private static string Terms(ShareCall call) =>
        call.Status is { } status ? $"{call.Operation.Approval}; http-{(int)status}" : call.Operation.Approval;
}
