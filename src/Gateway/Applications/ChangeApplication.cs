using Integration.Contracts.Problems;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Verifications.Recording;

namespace Integration.Gateway.Applications;

/// <summary>
/// What a caller does to an open application: load -> act -> decide again -> seal. When somebody else was faster, it is
/// loaded and judged again.
/// </summary>
internal sealed class ChangeApplication(
    ApplicationStore store,
    ConcludeApplication conclude,
    CaseBook cases,
    LimitClock clock,
    TimeProvider time
)
{
    private const int Attempts = 3;

    /// <summary>Whether the caller may act on it now, for the first time or again; 404 when it is not the caller's, 403 <c>not-granted</c>.</summary>
    public async Task<Result<GrantedRequest>> Check(CallerContext caller, string applicationId) =>
        await store.Find(applicationId, caller.Caller, CancellationToken.None) is { } stored
            ? Check(caller, stored.Dossier, time.GetUtcNow())
            : Refusal.NotFound("This application");

    /// <summary>Handles one act.</summary>
    /// <param name="caller">The authenticated caller.</param>
    /// <param name="applicationId">The application; 404 when it is not the caller's.</param>
    /// <param name="act">What is done; 409 when the application does not allow it.</param>
    /// <param name="ticket">Keeps the answer for a repetition of the request.</param>
    public async Task<Result<KeptAnswer>> Handle(
        CallerContext caller,
        string applicationId,
        ApplicationAct act,
        IdempotencyTicket ticket
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await Try(caller, applicationId, act, ticket);
            if (attempt == Attempts || !WasOvertaken(answer))
            {
                return answer;
            }
        }
    }

    /// <summary>The taking back of an application because of an event, to be committed by whoever acts on it.</summary>
    /// <param name="office">The application's own client.</param>
    /// <param name="applicationId">The application.</param>
    /// <param name="act">Why.</param>
    public async Task<Result<CommitPart>> TakeBack(CallerContext office, string applicationId, TakeBack act)
    {
        if (!(await Decide(office, applicationId, act)).Succeeded(out var decided, out var refusal))
        {
            return refusal;
        }

        var (dossier, evidence, _) = decided;
        return conclude
            .Part(
                dossier,
                evidence,
                StatusCodes.Status200OK,
                IdempotencyTicket.None,
                kept => store.Changed(dossier, kept, act.Reason)
            )
            .Part;
    }

    private async Task<Result<KeptAnswer>> Try(
        CallerContext caller,
        string applicationId,
        ApplicationAct act,
        IdempotencyTicket ticket
    )
    {
        if (!(await Decide(caller, applicationId, act)).Succeeded(out var decided, out var refusal))
        {
            return refusal;
        }

        var (dossier, evidence, _) = decided;
        return await conclude.Seal(
            dossier,
            evidence,
            StatusCodes.Status200OK,
            ticket,
            kept =>
                store.Changed(dossier, kept, act.Reason)
                + (
                    act is TakeBack
                        ? cases.Withdraw(dossier.CallerId, dossier.CaseId, applicationId, decided.Act)
                        : null
                )
        );
    }

    private async Task<Result<Acted>> Decide(CallerContext caller, string applicationId, ApplicationAct act)
    {
        if (await store.Find(applicationId, caller.Caller, CancellationToken.None) is not { } stored)
        {
            return Refusal.NotFound("This application");
        }

        var (dossier, now) = (stored.Dossier, time.GetUtcNow());
        if (!Check(caller, dossier, now).Succeeded(out var granted, out var notGranted))
        {
            return notGranted;
        }

        if (FreeText.FaultIn(act.Chosen, store.NamesIn(stored)) is { } fault)
        {
            return Refusal.RequestInvalid([new FieldFault("/reference", fault.Code, fault.Message)]);
        }

        var (_, form, policy) = store.Reread(stored);
        var acted = act.On(
            new ActContext(dossier, Deciding.Decide.Standing(form.Service, dossier.Proofs, policy, now), clock, now)
        );
        if (!acted.Succeeded(out var changed, out var notAllowed))
        {
            return notAllowed;
        }

        var evidence = EvidenceFile.Open(granted, dossier.Basis, applicationId, policy.Version);
        var evidenceId = Identifiers.New("evd", time);
        evidence.Append(EvidenceKind.Act, evidenceId, act.Subject, act.Outcome, act.Detail, now);
        return new Acted(
            conclude.Decide(changed, act.Trigger, form, policy),
            evidence,
            new Withdrawal(evidenceId, now)
        );
    }

    /// <summary>Operators may look; the owner alone acts, as long as a grant holds.</summary>
    private static Result<GrantedRequest> Check(CallerContext caller, Dossier dossier, DateTimeOffset now) =>
        dossier.CallerId != caller.Caller.Id
            ? Refusal.NotOwner
            : GrantedRequest.Check(
                caller.Callers,
                caller.Caller,
                dossier.CaseId,
                dossier.Purpose,
                [new GrantDemand(ServiceFields.Applications, dossier.Purpose, [])],
                now
            );

    private static bool WasOvertaken(Result<KeptAnswer> answer) =>
        !answer.Succeeded(out _, out var refusal) && ReferenceEquals(refusal, Refusal.Overtaken);

    /// <summary>The next version of an application and the evidence of the act.</summary>
    private sealed record Acted(Dossier Dossier, EvidenceFile Evidence, Withdrawal Act);
}
