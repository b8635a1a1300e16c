using Integration.Gateway.Applications.Deciding;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform;
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
    LimitClock clock,
    TimeProvider time
)
{
    private const int Attempts = 3;

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

    private async Task<Result<KeptAnswer>> Try(
        CallerContext caller,
        string applicationId,
        ApplicationAct act,
        IdempotencyTicket ticket
    )
    {
        if (await store.Find(applicationId, caller.Caller, CancellationToken.None) is not { } stored)
        {
            return Refusal.NotFound("This application");
        }

        var (dossier, now) = (stored.Dossier, time.GetUtcNow());
        var demand = new GrantDemand(ServiceFields.Applications, dossier.Purpose, []);
        if (
            !GrantedRequest
                .Check(caller.Callers, caller.Caller, dossier.CaseId, dossier.Purpose, [demand], now)
                .Succeeded(out var granted, out var notGranted)
        )
        {
            return notGranted;
        }

        var (_, form, policy) = store.Reread(stored);
        var acted = act.On(
            new ActContext(dossier, Decide.Standing(form.Service, dossier.Proofs, policy, now), clock, now)
        );
        if (!acted.Succeeded(out var changed, out var notAllowed))
        {
            return notAllowed;
        }

        var evidence = EvidenceFile.Open(granted, dossier.Basis, applicationId, policy.Version);
        evidence.Append(EvidenceKind.Act, Identifiers.New("evd", time), act.Subject, act.Outcome, act.Detail, now);
        var decided = conclude.Decide(changed, act.Trigger, form, policy);
        return await conclude.Seal(
            decided,
            evidence,
            StatusCodes.Status200OK,
            ticket,
            kept => store.Changed(decided, kept, act.Reason)
        );
    }

    private static bool WasOvertaken(Result<KeptAnswer> answer) =>
        !answer.Succeeded(out _, out var refusal) && ReferenceEquals(refusal, Refusal.Overtaken);
}
