using System.Text.Json;
using Integration.Gateway.Applications.Intake;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications;
using Integration.Gateway.Verifications.Queries;
using Integration.Gateway.Verifications.Recording;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Applications;

/// <summary>
/// Takes an application for a service, with no paper where the agencies know enough.
/// <code>
///  caller ──(1)──▶ form ──(2)──▶ plan ──(3)──▶ grant ──(4)──▶ evidence opened
///                                                                │
///                           registers of the plan  ◀──┐          │
///                           grid resources         ◀──┴──(5)─────┤   side by side, one deadline
///                                                               (6)  outcomes appended
///                                                               (7)  decided by the first rule that applies
///                                                               (8)  committed: evidence, application, timer and answer
///  caller ◀─────────────────────────(9)──────────────────────────┘   no evidence, no answer
/// </code>
/// </summary>
internal sealed class ApplyHandler(
    AgencyQueries agencies,
    GridQuery grid,
    ApplicationStore store,
    DecisionRecorder decisions,
    CaseStore cases,
    IOptions<VerificationOptions> options,
    TimeProvider time
)
{
    /// <summary>Whether the caller may have it now, for the first time or again; 403 <c>not-granted</c>.</summary>
    public Result<GrantedRequest> Check(CallerContext caller, ApplyCommand command)
    {
        var now = time.GetUtcNow();
        return Check(caller, command, ApplicationPlan.Create(command.Form, command.Policy, ChinaTime.Day(now)), now);
    }

    /// <summary>Handles one application.</summary>
    /// <param name="caller">(1) The authenticated caller.</param>
    /// <param name="command">(1) The request, read without a fault.</param>
    /// <param name="ticket">Keeps the answer for a repetition of the request.</param>
    /// <param name="origin">What led to it, when no caller of ours asked for it.</param>
    /// <returns>The answer; 403 <c>not-granted</c> before any agency is asked; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<StoredResponse>> HandleAsync(
        CallerContext caller,
        ApplyCommand command,
        IdempotencyTicket ticket,
        ApplicationOrigin? origin = null
    )
    {
        var (form, policy) = (command.Form, command.Policy);
        var now = time.GetUtcNow();

        // 2 plan
        var plan = ApplicationPlan.Create(form, policy, ChinaTime.Day(now));

        // 3 grant
        if (!Check(caller, command, plan, now).Succeeded(out var granted, out var notGranted))
        {
            return notGranted;
        }

        if (await agencies.FindRefusalAsync() is { } unavailable)
        {
            return unavailable;
        }

        // 4 open evidence
        var applicationId = origin?.ApplicationId ?? NewId();
        var evidence = EvidenceRecorder.Open(granted, form.Case.Basis, applicationId, policy.Version);

        // 5 ask
        var deadline = options.Value.Deadline(now, form.Wait);
        var asking = agencies.AskAsync(granted, plan.Checks, deadline, caller.Priority);
        var gridAnswer = await grid.AskAsync(granted, form, deadline, caller.Priority);
        var reports = await asking;

        // 6 append
        evidence.Append(reports, time);
        evidence.Append(gridAnswer?.Answer, ServiceFields.GridResource, time);

        // 7 decide
        var opened = Open(applicationId, caller.Caller, command, plan, now).With(reports) with
        {
            Grid = gridAnswer?.Facts,
        };
        var application = decisions.Decide(opened, DecisionTrigger.Application, form, policy);
        var acceptance = Acceptance(application, command, origin);
        evidence.Append(
            EvidenceKind.Clock,
            acceptance.EvidenceId!,
            FactSubjects.Milestone,
            MilestoneNames.Accepted,
            CaseTransitions.TermsOf(acceptance.Limits),
            acceptance.At
        );

        // 8 commit, 9 answer
        var response = decisions.Respond(application, StatusCodes.Status201Created);
        var unit = new UnitOfWork();
        store.Insert(unit, application, response, command.AsSent, plan, granted);
        cases.Accept(unit, acceptance, origin?.Answered);
        if (origin is not null)
        {
            unit.Include(origin.Event);
        }

        return await decisions.CommitAsync(unit, application, evidence, response, ticket);
    }

    /// <summary>A number for an application.</summary>
    public string NewId() => Identifiers.New("app", time);

    /// <summary>A caller without a grant for grid data gets no supply plan; without any other grant, no answer.</summary>
    private static Result<GrantedRequest> Check(
        CallerContext caller,
        ApplyCommand command,
        ApplicationPlan plan,
        DateTimeOffset now
    )
    {
        var (caseId, purpose) = (command.Form.Case.CaseId, command.Form.Case.Purpose);
        var demands = plan.Demands(purpose);
        var withGrid = Judge([.. demands, GridQuery.Demand(purpose)]);
        return withGrid.Succeeded(out _, out _) ? withGrid : Judge(demands);

        Result<GrantedRequest> Judge(IReadOnlyList<GrantDemand> all) =>
            GrantedRequest.Check(caller.Callers, caller.Caller, caseId, purpose, all, now);
    }

    private CaseAcceptance Acceptance(Application application, ApplyCommand command, ApplicationOrigin? origin) =>
        new()
        {
            CaseId = application.CaseId,
            CallerId = application.CallerId,
            Purpose = application.Purpose,
            ServiceType = command.Form.Service.Name,
            ApplicationId = application.ApplicationId,
            Decision = JsonNamingPolicy.CamelCase.ConvertName(application.Decision!.Outcome.ToString()),
            At = application.AcceptedAt,
            Policy = command.Policy,
            Limits = [.. command.Policy.Limits.Where(limit => application.Has(limit.Name))],
            EvidenceId = Identifiers.New("evd", time),
            FirstTraceAt = origin is null ? command.ConsentGivenAt : origin.FirstTraceAt,
            Replaces = origin?.Replaces,
            Told = ApplicationNotifications.From(application),
        };

    private static Application Open(
        string applicationId,
        Caller caller,
        ApplyCommand command,
        ApplicationPlan plan,
        DateTimeOffset now
    ) =>
        new()
        {
            ApplicationId = applicationId,
            CaseId = command.Form.Case.CaseId,
            CallerId = caller.Id,
            Purpose = command.Form.Case.Purpose,
            Basis = command.Form.Case.Basis,
            PolicyVersion = command.Policy.Version,
            AcceptedAt = now,
            Proofs = [.. plan.Proofs.Select(ProofState.From)],
        };
}
