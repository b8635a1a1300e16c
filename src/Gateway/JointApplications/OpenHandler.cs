using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Dispatch;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.JointApplications.Places;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Verifications;
using Integration.Gateway.Verifications.Comparing;
using Integration.Gateway.Verifications.Queries;
using Integration.Gateway.Verifications.Recording;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.JointApplications;

/// <summary>
/// Opens a joint application: one form, one leg for each utility.
/// <code>
///  caller ──(1)──▶ form ──(2)──▶ plan ──(3)──▶ grant
///                                                │
///                registers, each proof once ◀─(4)┤
///                                               (5)  not open already: judged of whom the registers have proven
///                                               (6)  legs: sent now, or held for what is missing
///                                               (7)  sealed: evidence, form, place, legs, timers, case, answer
///  caller ◀──────────────────(8)─────────────────┘       └─ another took the place meanwhile: (5) again
/// </code>
/// </summary>
internal sealed class OpenHandler(
    AgencyQueries agencies,
    JointPlaces places,
    JointApplicationStore store,
    JointApplicationResponses responses,
    EvidenceLog log,
    IOptions<VerificationOptions> options,
    TimeProvider time
)
{
    /// <summary>Whether the caller may have it now, for the first time or again; 403 <c>not-granted</c>.</summary>
    public Result<GrantedRequest> Check(CallerContext caller, OpenCommand command) =>
        Check(caller, command.Form, JointPlan.Create(command.Form, command.Policy), time.GetUtcNow());

    /// <summary>Handles one form.</summary>
    /// <param name="caller">The authenticated caller.</param>
    /// <param name="command">The form, read without a fault.</param>
    /// <param name="ticket">Keeps the answer for a repetition of the request.</param>
    /// <returns>The answer; 403 <c>not-granted</c>; 409 <c>already-open</c>; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<StoredResponse>> HandleAsync(
        CallerContext caller,
        OpenCommand command,
        IdempotencyTicket ticket
    ) => (await OpenAsync(caller, command, ticket)).ToResult();

    /// <inheritdoc cref="HandleAsync" path="/summary" />
    /// <inheritdoc cref="HandleAsync" path="/param" />
    /// <param name="origin">What led to it, when no caller of ours asked for it: its event.</param>
    public async Task<OpeningResult> OpenAsync(
        CallerContext caller,
        OpenCommand command,
        IdempotencyTicket ticket,
        JointOrigin? origin = null
    )
    {
        var (form, policy) = (command.Form, command.Policy);
        var now = StoredTime.From(time.GetUtcNow());

        // 2 plan
        var plan = JointPlan.Create(form, policy);

        // 3 grant
        if (!Check(caller, form, plan, now).Succeeded(out var granted, out var notGranted))
        {
            return new OpeningResult.Refused(notGranted);
        }

        if (await agencies.FindRefusalAsync() is { } unavailable)
        {
            return new OpeningResult.Refused(unavailable);
        }

        // 4 ask
        var jointId = origin?.JointId ?? NewId();
        var evidence = EvidenceRecorder.Open(granted, form.Case.Basis, jointId, policy.Version);
        var reports = await agencies.AskAsync(
            granted,
            plan.Checks,
            options.Value.Deadline(now, form.Wait),
            caller.Priority
        );
        evidence.Append(reports, time);

        var opened = Open(jointId, caller, command, reports, now);
        var claim = places.Claim(caller.Caller, form, reports.Title(), opened.IsProven);
        var opening = await ConcurrencyRetry.RunAsync(async () =>
            // 5 not open already
            await places.LookAsync(claim, CancellationToken.None) switch
            {
                Occupancy.Own own => await OnRecordAsync(evidence, new OpeningResult.AlreadyOpen(own.JointId)),
                Occupancy.Others => await OnRecordAsync(evidence, new OpeningResult.AlreadyOpen(JointId: null)),
                // 6 legs, 7 seal
                Occupancy.Vacant vacant => await CommitAsync(opened, claim, vacant, evidence, command, ticket, origin),
                _ => throw new InvalidOperationException("A place is found in one of three ways."),
            }
        );
        return opening.Succeeded(out var result, out var refusal) ? result : new OpeningResult.Refused(refusal);
    }

    /// <summary>The registers were asked although nothing is opened: who asked them about whom is on record before that is told.</summary>
    private async Task<Result<OpeningResult>> OnRecordAsync(EvidenceRecorder evidence, OpeningResult result) =>
        evidence.Drafts.Count == 0 ? result : await log.CommitAsync(UnitOfWork.From(evidence.Drafts), result);

    private async Task<Result<OpeningResult>> CommitAsync(
        JointApplication opened,
        PlaceClaim claim,
        Occupancy.Vacant vacant,
        EvidenceRecorder evidence,
        OpenCommand command,
        IdempotencyTicket ticket,
        JointOrigin? origin
    )
    {
        var begun = store.Begun(opened with { HoldsPlace = vacant.Turn is not null }, command.AsSent);
        var kept = responses.From(begun, StatusCodes.Status201Created);
        var unit = UnitOfWork.From(evidence.Drafts);
        store.Insert(unit, begun, FactsOf(begun), origin is null ? [] : [origin.NoticeOf(begun)]);
        unit.Add(JointPlaces.Taken(begun.JointId, claim, vacant));
        unit.Store(ticket, kept);
        if (origin is not null)
        {
            unit.Include(await origin.PartAsync());
        }

        return await log.CommitAsync<OpeningResult>(unit, new OpeningResult.Opened(kept));
    }

    /// <summary>A number for a joint application.</summary>
    public string NewId() => Identifiers.New("jnt", time);

    private static Result<GrantedRequest> Check(
        CallerContext caller,
        JointForm form,
        JointPlan plan,
        DateTimeOffset now
    ) =>
        GrantedRequest.Check(
            caller.Callers,
            caller.Caller,
            form.Case.CaseId,
            form.Case.Purpose,
            plan.Demands(form.Case.Purpose),
            now
        );

    private static JointApplication Open(
        string jointId,
        CallerContext caller,
        OpenCommand command,
        IReadOnlyList<CheckReport> reports,
        DateTimeOffset now
    )
    {
        var form = command.Form;
        List<FetchedProof> proofs = [.. reports.Select(FetchedProof.From)];
        var recipients = new RecipientGrants(caller.Callers, form.Case.Purpose, now);
        return new JointApplication
        {
            JointId = jointId,
            CaseId = form.Case.CaseId,
            CallerId = caller.Caller.Id,
            Kind = form.Kind,
            Purpose = form.Case.Purpose,
            Basis = form.Case.Basis,
            PolicyVersion = command.Policy.Version,
            OpenedAt = now,
            Proofs = proofs,
            AskAgainAt = command.Policy.Recheck.Next(0, now, now),
            Terms = JointTerms.From(form, command.Policy),
            Legs = OpenLegs.Create(jointId, form, proofs, utility => recipients.For(utility) is not null, now),
            Mandate = form.Mandate is { } mandate ? new Mandate { Reference = mandate, At = now } : null,
        };
    }

    private static List<JointFact> FactsOf(JointApplication joint) =>
        [
            new JointFact("joint", "opened", $"{joint.Legs.Count} legs"),
            .. joint.Legs.Select(leg => new JointFact(
                JsonNames.From(leg.Utility),
                "received",
                leg.Gaps.Count == 0 ? null : $"held: {string.Join(',', leg.Gaps.Select(gap => gap.Item))}"
            )),
            .. joint.Mandate is null ? Array.Empty<JointFact>() : [new JointFact("mandate", "recorded")],
        ];
}
