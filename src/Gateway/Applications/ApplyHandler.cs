using System.Text.Json;
using Integration.Gateway.Applications.Answering;
using Integration.Gateway.Applications.Deciding;
using Integration.Gateway.Applications.Planning;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications;
using Integration.Gateway.Verifications.Asking;
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
///                                                               (8)  sealed: evidence, application, timer and answer
///  caller ◀─────────────────────────(9)──────────────────────────┘   no evidence, no answer
/// </code>
/// </summary>
internal sealed class ApplyHandler(
    AskAgencies agencies,
    AskGrid grid,
    ApplicationStore store,
    ConcludeApplication conclude,
    CaseBook cases,
    IOptions<VerificationOptions> options,
    TimeProvider time
)
{
    /// <summary>Whether the caller may have it now, for the first time or again; 403 <c>not-granted</c>.</summary>
    public Result<GrantedRequest> Check(CallerContext caller, ApplyCommand command)
    {
        var now = time.GetUtcNow();
        return Check(caller, command, ApplicationPlan.Of(command.Form, command.Policy, ChinaTime.Day(now)), now);
    }

    /// <summary>Handles one application.</summary>
    /// <param name="caller">(1) The authenticated caller.</param>
    /// <param name="command">(1) The request, read without a fault.</param>
    /// <param name="ticket">Keeps the answer for a repetition of the request.</param>
    /// <param name="origin">What led to it, when no caller of ours asked for it.</param>
    /// <returns>The answer; 403 <c>not-granted</c> before any agency is asked; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<KeptAnswer>> Handle(
        CallerContext caller,
        ApplyCommand command,
        IdempotencyTicket ticket,
        ApplicationOrigin? origin = null
    )
    {
        var (form, policy) = (command.Form, command.Policy);
        var now = time.GetUtcNow();

        // 2 plan
        var plan = ApplicationPlan.Of(form, policy, ChinaTime.Day(now));

        // 3 grant
        if (!Check(caller, command, plan, now).Succeeded(out var granted, out var notGranted))
        {
            return notGranted;
        }

        // 4 open evidence
        var applicationId = Identifiers.New("app", time);
        var evidence = EvidenceFile.Open(granted, form.Case.Basis, applicationId, policy.Version);

        // 5 ask
        var deadline = options.Value.Deadline(now, form.Wait);
        var asking = agencies.Ask(granted, plan.Checks, deadline, caller.Priority);
        var gridAnswer = await grid.Ask(granted, form, deadline, caller.Priority);
        var reports = await asking;

        // 6 append
        evidence.Append(reports, time);
        evidence.Append(gridAnswer?.Answer, ServiceFields.GridResource, time);

        // 7 decide
        var opened = Open(applicationId, caller.Caller, command, plan, now).With(reports) with
        {
            Grid = gridAnswer?.Facts,
        };
        var dossier = conclude.Decide(opened, Trigger.Application, form, policy);
        var acceptance = Acceptance(dossier, command, origin);
        evidence.Append(
            EvidenceKind.Clock,
            acceptance.EvidenceId!,
            FactSubjects.Milestone,
            MilestoneNames.Accepted,
            CaseActs.TermsOf(acceptance.Limits),
            acceptance.At
        );

        // 8 seal, 9 answer
        return await conclude.Seal(
            dossier,
            evidence,
            StatusCodes.Status201Created,
            ticket,
            kept =>
                store.Opened(dossier, kept, command.AsSent, plan, granted) + cases.Accept(acceptance, origin?.Answered),
            origin?.Alongside(dossier)
        );
    }

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
        var withGrid = Of([.. demands, AskGrid.Demand(purpose)]);
        return withGrid.Succeeded(out _, out _) ? withGrid : Of(demands);

        Result<GrantedRequest> Of(IReadOnlyList<GrantDemand> all) =>
            GrantedRequest.Check(caller.Callers, caller.Caller, caseId, purpose, all, now);
    }

    private CaseAcceptance Acceptance(Dossier dossier, ApplyCommand command, ApplicationOrigin? origin) =>
        new()
        {
            CaseId = dossier.CaseId,
            CallerId = dossier.CallerId,
            Purpose = dossier.Purpose,
            ServiceType = command.Form.Service.Name,
            ApplicationId = dossier.ApplicationId,
            Decision = JsonNamingPolicy.CamelCase.ConvertName(dossier.Decision!.Outcome.ToString()),
            At = dossier.AcceptedAt,
            Policy = command.Policy,
            Limits = [.. command.Policy.Limits.Where(limit => dossier.Has(limit.Name))],
            EvidenceId = Identifiers.New("evd", time),
            FirstTraceAt = origin is null ? command.ConsentGivenAt : origin.FirstTraceAt,
            Replaces = origin?.Replaces,
            Told = ApplicationNews.Of(dossier),
        };

    private static Dossier Open(
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
            Proofs = [.. plan.Proofs.Select(ProofState.Of)],
        };
}
