using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Verifications.Intake;
using Integration.Gateway.Verifications.Queries;
using Integration.Gateway.Verifications.Recording;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Verifications;

/// <summary>
/// Verifies what a caller says about a party.
/// <code>
///  caller ──(1)──▶ command ──(2)──▶ grant ──(3)──▶ evidence opened
///                                                     │
///                        population registry  ◀──┐    │
///                        business licences    ◀──┼─(4)┤   side by side, one deadline
///                        real-estate registry ◀──┘    │
///                                                    (5)  outcomes appended
///                                                    (6)  answer made and signed
///                                                    (7)  committed: evidence, request and answer in one commit
///  caller ◀────────────────────(8)────────────────────┘   no evidence, no answer
/// </code>
/// </summary>
internal sealed class VerifyHandler(
    AgencyQueries agencies,
    EvidenceLog log,
    VerificationStore store,
    ReceiptSigner receipts,
    IOptions<VerificationOptions> options,
    TimeProvider time
)
{
    // 2 grant
    /// <summary>Whether the caller may have it now, for the first time or again; 403 <c>not-granted</c> before any agency is asked.</summary>
    public Result<GrantedRequest> Check(CallerContext caller, VerifyCommand command) =>
        GrantedRequest.Check(
            caller.Callers,
            caller.Caller,
            command.Case.CaseId,
            command.Case.Purpose,
            command.Demands,
            time.GetUtcNow()
        );

    /// <summary>Handles one verification.</summary>
    /// <param name="caller">(1) The authenticated caller.</param>
    /// <param name="granted">(2) What it may have.</param>
    /// <param name="command">(1) The request, read without a fault, with its plan.</param>
    /// <param name="ticket">Keeps the answer for a repetition of the request.</param>
    /// <returns>The answer; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<StoredResponse>> HandleAsync(
        CallerContext caller,
        GrantedRequest granted,
        VerifyCommand command,
        IdempotencyTicket ticket
    )
    {
        if (await agencies.FindRefusalAsync() is { } unavailable)
        {
            return unavailable;
        }

        // 3 open evidence
        var verificationId = Identifiers.New("vrf", time);
        var evidence = EvidenceRecorder.Open(granted, command.Case.Basis, verificationId, command.PolicyVersion);

        // 4 ask, 5 append
        var deadline = options.Value.Deadline(time.GetUtcNow(), command.Wait);
        var reports = await agencies.AskAsync(granted, command.Plan, deadline, caller.Priority);
        evidence.Append(reports, time);

        // 6 answer
        var response = VerificationResponses.From(verificationId, command, reports);
        var kept = new StoredResponse(StatusCodes.Status200OK, receipts.Sign(response));

        // 7 commit
        var unit = UnitOfWork.From(evidence.Drafts);
        store.Insert(unit, granted, command, response, kept);
        unit.Store(ticket, kept);

        // 8 answer with evidence only
        return await log.CommitAsync(unit, kept);
    }
}
