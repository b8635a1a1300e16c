using Integration.Gateway.Applications.Model;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Applications;

/// <summary>
/// What a caller does to an open application: load, act, decide again, commit. When another request was faster, it is
/// loaded and judged again.
/// </summary>
internal sealed class ApplicationHandlers(
    ApplicationStore store,
    DecisionRecorder decisions,
    CaseStore cases,
    LimitClock clock,
    TimeProvider time
)
{
    /// <summary>The application, if the caller may act on it now, for the first time or again; 404 when it is not the caller's, 403 <c>not-granted</c>.</summary>
    public async Task<Result<GrantedApplication>> CheckAsync(CallerContext caller, string applicationId) =>
        await store.FindAsync(applicationId, caller.Caller, CancellationToken.None) is { } stored
            ? Check(caller, stored)
            : ApplicationProblems.NotFound;

    /// <summary>Handles one act.</summary>
    /// <param name="caller">The authenticated caller.</param>
    /// <param name="granted">The application as it was read when the permission was judged; read again when it was changed since.</param>
    /// <param name="act">What is done; 409 when the application does not allow it.</param>
    /// <param name="ticket">Keeps the response for a repetition of the request.</param>
    public Task<Result<StoredResponse>> HandleAsync(
        CallerContext caller,
        GrantedApplication granted,
        ApplicationAct act,
        IdempotencyTicket ticket
    ) =>
        ConcurrencyRetry.RunAsync(async isFirst =>
        {
            if (isFirst)
            {
                return await ActAsync(granted, act, ticket);
            }

            var again = await CheckAsync(caller, granted.Application.ApplicationId);
            return again.Succeeded(out var current, out var refusal) ? await ActAsync(current, act, ticket) : refusal;
        });

    /// <summary>The taking back of an application because of an event, to be committed with the event.</summary>
    /// <param name="office">The application's own client.</param>
    /// <param name="applicationId">The application.</param>
    /// <param name="act">Why.</param>
    public async Task<Result<UnitOfWork>> TakeBackAsync(CallerContext office, string applicationId, TakeBack act)
    {
        if (
            !(await CheckAsync(office, applicationId)).Succeeded(out var granted, out var refusal)
            || !Decide(granted, act).Succeeded(out var acted, out refusal)
        )
        {
            return refusal;
        }

        var unit = new UnitOfWork();
        unit.Record(DecisionRecorder.Decided(acted.After, acted.Evidence));
        Replace(unit, granted, acted, act);
        return unit;
    }

    private async Task<Result<StoredResponse>> ActAsync(
        GrantedApplication granted,
        ApplicationAct act,
        IdempotencyTicket ticket
    )
    {
        if (!Decide(granted, act).Succeeded(out var acted, out var refusal))
        {
            return refusal;
        }

        var unit = new UnitOfWork();
        var response = Replace(unit, granted, acted, act);
        if (act is TakeBack)
        {
            var after = acted.After;
            cases.Withdraw(unit, after.CallerId, after.CaseId, after.ApplicationId, acted.Act);
        }

        return await decisions.CommitAsync(unit, acted.After, acted.Evidence, response, ticket);
    }

    private StoredResponse Replace(UnitOfWork unit, GrantedApplication granted, Acted acted, ApplicationAct act)
    {
        var response = decisions.Respond(acted.After, StatusCodes.Status200OK);
        store.Replace(unit, granted.Application, acted.After, response, act.Reason);
        return response;
    }

    private Result<Acted> Decide(GrantedApplication granted, ApplicationAct act)
    {
        if (FreeText.FaultIn(act.Chosen, store.NamesIn(granted.Stored)) is { } fault)
        {
            return ApplicationProblems.ReferenceInvalid(fault.Code, fault.Message);
        }

        var now = time.GetUtcNow();
        var (application, form, policy) = store.Reread(granted.Stored);
        var standing = ApplicationStanding.From(form.Service, application.Proofs, policy, now);
        if (!act.On(new ActContext(application, standing, clock, now)).Succeeded(out var changed, out var notAllowed))
        {
            return notAllowed;
        }

        var evidence = EvidenceRecorder.Open(
            granted.Granted,
            application.Basis,
            application.ApplicationId,
            policy.Version
        );
        var evidenceId = Identifiers.New("evd", time);
        evidence.Append(EvidenceKind.Act, evidenceId, act.Subject, act.Outcome, act.Detail, now);
        return new Acted(
            decisions.Decide(changed, act.Trigger, form, policy),
            evidence,
            new Withdrawal(evidenceId, now)
        );
    }

    /// <summary>Operators may look; the owner alone acts, as long as a grant holds.</summary>
    private Result<GrantedApplication> Check(CallerContext caller, StoredApplication stored)
    {
        var application = stored.Application;
        if (application.CallerId != caller.Caller.Id)
        {
            return Refusal.NotOwner;
        }

        var check = GrantedRequest.Check(
            caller.Callers,
            caller.Caller,
            application.CaseId,
            application.Purpose,
            [new GrantDemand(ServiceFields.Applications, application.Purpose, [])],
            time.GetUtcNow()
        );
        return check.Succeeded(out var granted, out var notGranted)
            ? new GrantedApplication(stored, granted)
            : notGranted;
    }

    /// <summary>The next version of an application and the evidence of the act.</summary>
    private sealed record Acted(Application After, EvidenceRecorder Evidence, Withdrawal Act);
}

/// <summary>An application that the caller may act on.</summary>
/// <param name="Stored">The application as it was read.</param>
/// <param name="Granted">What allows it.</param>
internal sealed record GrantedApplication(StoredApplication Stored, GrantedRequest Granted) : IPermission
{
    public Application Application => Stored.Application;

    public IReadOnlyCollection<string> Scope => Granted.Scope;
}
