using System.Security.Cryptography;
using Integration.Adapters.Ports;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform;
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
    EvidenceGate gate,
    TimeProvider time
)
{
    /// <summary>Whether a request may be forwarded now.</summary>
    /// <returns>Null: it may. Else 503 <c>unavailable</c>: no write has succeeded since a commit failed (<see cref="EvidenceGate"/>).</returns>
    public Task<Refusal?> FindRefusalAsync() => gate.FindRefusalAsync();

    /// <summary>A whole answer, before it leaves.</summary>
    public Task<Result<SealedEvidence>> AnsweredAsync(ShareCall call, ReadOnlyMemory<byte> body, UnitOfWork unit)
    {
        unit.Record(Draft(call, Answered(call), $"{Terms(call)}; {Left(call, body.Span)}"));
        return CommitAsync(call, unit);
    }

    /// <summary>A kept answer, before it leaves once more: the agency was not asked.</summary>
    public Task<Result<SealedEvidence>> RepeatedAsync(ShareCall call, ReadOnlyMemory<byte> body) =>
        SealAsync(call, Draft(call, "repeated", $"{Terms(call)}; {Left(call, body.Span)}") with { Call = null });

    /// <summary>What has an effect is about to be sent: without this record it is not.</summary>
    public Task<Result<SealedEvidence>> AskingAsync(ShareCall call) =>
        log.CommitAsync(
            UnitOfWork.From([
                Draft(call, "asking", $"{Terms(call)}; ends with {call.EvidenceId}") with
                {
                    EvidenceId = Identifiers.New("evd", time),
                    Call = null,
                },
            ]),
            CancellationToken.None
        );

    /// <summary>An answer that is about to begin to leave.</summary>
    public async ValueTask<Result<SealedEvidence>> BegunAsync(ShareCall call)
    {
        var seal = await SealAsync(call, Draft(call, "answering", Terms(call)));
        call.HasBegun = seal.Succeeded(out _, out _);
        return seal;
    }

    /// <summary>The end of an answer that streamed.</summary>
    public Task<Result<SealedEvidence>> EndedAsync(ShareCall call, Received.Streamed streamed)
    {
        var detail = $"{Terms(call)}; {streamed.Bytes} bytes left; began with {call.EvidenceId}";
        var draft = Draft(call, streamed.IsComplete ? Answered(call) : "brokenOff", detail) with
        {
            EvidenceId = Identifiers.New("evd", time),
            Failure = streamed.Reason,
        };
        Note(draft);
        return log.CommitAsync(UnitOfWork.From([draft]), CancellationToken.None);
    }

    /// <summary>An answer of which nothing is handed on, because it is too large to be kept.</summary>
    public Task<Result<SealedEvidence>> WithheldAsync(ShareCall call) =>
        SealAsync(call, Draft(call, "withheld", Terms(call)));

    /// <summary>The caller went away before there was an answer.</summary>
    public Task<Result<SealedEvidence>> AbandonedAsync(ShareCall call) =>
        SealAsync(call, Draft(call, "abandoned", Terms(call)));

    /// <summary>No usable answer.</summary>
    public Task<Result<SealedEvidence>> UnansweredAsync(ShareCall call, AgencyFailure failure) =>
        SealAsync(
            call,
            Draft(call, failure.Stage == FailureStage.Authorisation ? "refused" : "unanswered", Terms(call)) with
            {
                Failure = failure,
            }
        );

    /// <summary>A test question for a diagnosis, answered or not; it concerns no person.</summary>
    public Task<Result<SealedEvidence>> TestedAsync(TestedCall call)
    {
        var draft = TestDraft.From(call, time.GetUtcNow());
        Note(draft);
        return log.CommitAsync(UnitOfWork.From([draft]), CancellationToken.None);
    }

    private Task<Result<SealedEvidence>> SealAsync(ShareCall call, EvidenceDraft draft) =>
        CommitAsync(call, UnitOfWork.From([draft]));

    private async Task<Result<SealedEvidence>> CommitAsync(ShareCall call, UnitOfWork unit)
    {
        Note(unit.Evidence[0]);
        var seal = await log.CommitAsync(unit, CancellationToken.None);
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

    private static string Answered(ShareCall call) => call.IsNotFound ? "notFound" : "answered";

    private static string Terms(ShareCall call) =>
        call.Status is { } status ? $"{call.Operation.Approval}; http-{(int)status}" : call.Operation.Approval;

    private string Left(ShareCall call, ReadOnlySpan<byte> body) =>
        $"left digest:{vault.DigestFor(call.EvidenceId, Convert.ToHexStringLower(SHA256.HashData(body)))}";
}
