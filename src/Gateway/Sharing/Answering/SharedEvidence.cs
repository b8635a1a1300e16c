using System.Security.Cryptography;
using Integration.Adapters.Ports;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Sharing.Forwarding;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>
/// What is put on record of a forwarded request: one record before a whole answer leaves; for an answer that streams one
/// before its first byte and one after its last; one for every call that brought nothing.
/// </summary>
internal sealed class SharedEvidence(
    EvidenceLog log,
    PersonalDataVault vault,
    RecentFailures failures,
    IAgencyConditions conditions,
    TimeProvider time
)
{
    /// <summary>A whole answer, before it leaves.</summary>
    public Task<Result<SealedEvidence>> Answered(
        ShareCall call,
        ReadOnlyMemory<byte> body,
        Action<GatewayDb> alongside
    ) => Seal(call, Draft(call, "answered", $"{Terms(call)}; {Left(call, body.Span)}"), alongside);

    /// <summary>A kept answer, before it leaves once more: the agency was not asked.</summary>
    public Task<Result<SealedEvidence>> Repeated(ShareCall call, ReadOnlyMemory<byte> body) =>
        Seal(call, Draft(call, "repeated", $"{Terms(call)}; {Left(call, body.Span)}") with { Call = null });

    /// <summary>What has an effect is about to be sent: without this record it is not.</summary>
    public Task<Result<SealedEvidence>> Asking(ShareCall call) =>
        log.Seal(
            [
                Draft(call, "asking", $"{Terms(call)}; ends with {call.EvidenceId}") with
                {
                    EvidenceId = Identifiers.New("evd", time),
                    Call = null,
                },
            ],
            static _ => { },
            CancellationToken.None
        );

    /// <summary>An answer that is about to begin to leave.</summary>
    public async ValueTask<Result<SealedEvidence>> Begun(ShareCall call)
    {
        var seal = await Seal(call, Draft(call, "answering", Terms(call)));
        call.HasBegun = seal.Succeeded(out _, out _);
        return seal;
    }

    /// <summary>The end of an answer that streamed.</summary>
    public Task<Result<SealedEvidence>> Ended(ShareCall call, Received.Streamed streamed)
    {
        var detail = $"{Terms(call)}; {streamed.Bytes} bytes left; began with {call.EvidenceId}";
        var draft = Draft(call, streamed.IsComplete ? "answered" : "brokenOff", detail) with
        {
            EvidenceId = Identifiers.New("evd", time),
            Failure = streamed.Reason,
        };
        Note(draft);
        return log.Seal([draft], static _ => { }, CancellationToken.None);
    }

    /// <summary>An answer of which nothing is handed on, because it is too large to be kept.</summary>
    public Task<Result<SealedEvidence>> Withheld(ShareCall call) => Seal(call, Draft(call, "withheld", Terms(call)));

    /// <summary>The caller went away before there was an answer.</summary>
    public Task<Result<SealedEvidence>> Abandoned(ShareCall call) => Seal(call, Draft(call, "abandoned", Terms(call)));

    /// <summary>No usable answer.</summary>
    public Task<Result<SealedEvidence>> Unanswered(ShareCall call, AgencyFailure failure) =>
        Seal(
            call,
            Draft(call, failure.Stage == FailureStage.Authorisation ? "refused" : "unanswered", Terms(call)) with
            {
                Failure = failure,
            }
        );

    /// <summary>A question about nobody, for a diagnosis, whatever came of it.</summary>
    public Task<Result<SealedEvidence>> Tested(TestedCall call)
    {
        var draft = TestDraft.Of(call, time.GetUtcNow());
        Note(draft);
        return log.Seal([draft], static _ => { }, CancellationToken.None);
    }

    private async Task<Result<SealedEvidence>> Seal(
        ShareCall call,
        EvidenceDraft draft,
        Action<GatewayDb>? alongside = null
    )
    {
        Note(draft);
        var seal = await log.Seal([draft], alongside ?? (static _ => { }), CancellationToken.None);
        call.IsOnRecord |= seal.Succeeded(out _, out _);
        return seal;
    }

    /// <summary>Operators see it whether it can be put on record or not.</summary>
    private void Note(EvidenceDraft draft)
    {
        if (draft.Failure is { } failure)
        {
            failures.Note(draft.Subject, new RecentFailure(draft.At, failure, draft.EvidenceId));
            if (failure != ForwarderFailure.TooLate && draft.Call is { } call) // too late: the agency never saw it
            {
                conditions.Note(call.Agency, failure);
            }
        }
    }

    private EvidenceDraft Draft(ShareCall call, string outcome, string detail)
    {
        var now = time.GetUtcNow();
        return new EvidenceDraft
        {
            EvidenceId = call.EvidenceId,
            Kind = EvidenceKind.SharedCall,
            CaseId = call.Question.CaseId,
            CaseOwner = call.Granted.Caller.Id,
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

    private string Left(ShareCall call, ReadOnlySpan<byte> body) =>
        $"left digest:{vault.DigestFor(call.EvidenceId, Convert.ToHexStringLower(SHA256.HashData(body)))}";
}
