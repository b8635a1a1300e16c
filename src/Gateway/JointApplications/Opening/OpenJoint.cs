using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Answering;
using Integration.Gateway.JointApplications.Form;
using Integration.Gateway.JointApplications.HandingOver;
using Integration.Gateway.JointApplications.Places;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.JointApplications.Timing;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Verifications;
using Integration.Gateway.Verifications.Asking;
using Integration.Gateway.Verifications.Recording;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.JointApplications.Opening;

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
internal sealed class OpenJoint(
    AskAgencies agencies,
    JointPlaces places,
    JointBook book,
    JointAnswers answers,
    EvidenceLog log,
    IOptions<VerificationOptions> options,
    TimeProvider time
)
{
    /// <summary>Each time another application of the same applicant was faster.</summary>
    private const int MostAttempts = 20;

    /// <summary>Whether the caller may have it now, for the first time or again; 403 <c>not-granted</c>.</summary>
    public Result<GrantedRequest> Check(CallerContext caller, OpenCommand command) =>
        Check(caller, command.Form, JointPlan.Of(command.Form, command.Policy), time.GetUtcNow());

    /// <summary>Handles one form.</summary>
    /// <param name="caller">The authenticated caller.</param>
    /// <param name="command">The form, read without a fault.</param>
    /// <param name="ticket">Keeps the answer for a repetition of the request.</param>
    /// <returns>The answer; 403 <c>not-granted</c>; 409 <c>already-open</c>; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<KeptAnswer>> Handle(CallerContext caller, OpenCommand command, IdempotencyTicket ticket) =>
        (await Open(caller, command, ticket)).ToResult();

    /// <inheritdoc cref="Handle" path="/summary" />
    /// <inheritdoc cref="Handle" path="/param" />
    /// <param name="alongside">What is committed with it, when no caller of ours asked for it: its event.</param>
    public async Task<OpeningResult> Open(
        CallerContext caller,
        OpenCommand command,
        IdempotencyTicket ticket,
        Func<JointFile, CommitPart>? alongside = null
    )
    {
        var (form, policy) = (command.Form, command.Policy);
        var now = StoredTime.Of(time.GetUtcNow());

        // 2 plan
        var plan = JointPlan.Of(form, policy);

        // 3 grant
        if (!Check(caller, form, plan, now).Succeeded(out var granted, out var notGranted))
        {
            return new OpeningResult.Refused(notGranted);
        }

        // 4 ask
        var jointId = Identifiers.New("jnt", time);
        var evidence = EvidenceFile.Open(granted, form.Case.Basis, jointId, policy.Version);
        var reports = await agencies.Ask(granted, plan.Checks, options.Value.Deadline(now, form.Wait), caller.Priority);
        evidence.Append(reports, time);

        var opened = Open(jointId, caller, command, reports, now);
        var claim = places.Claim(caller.Caller, form, reports.Title(), opened.IsProven);
        for (var attempt = 1; ; attempt++)
        {
            // 5 not open already
            switch (await places.Look(claim, CancellationToken.None))
            {
                case Occupancy.Own own:
                    return await OnRecord(evidence, new OpeningResult.AlreadyOpen(own.JointId));
                case Occupancy.Others:
                    return await OnRecord(evidence, new OpeningResult.AlreadyOpen(JointId: null));
                case Occupancy.Vacant vacant:
                    // 6 legs, 7 seal
                    var sealing = await Seal(opened, claim, vacant, evidence, command, ticket, alongside);
                    if (sealing.Succeeded(out var kept, out var refusal))
                    {
                        return new OpeningResult.Opened(kept);
                    }

                    if (!ReferenceEquals(refusal, Refusal.Overtaken) || attempt == MostAttempts)
                    {
                        return new OpeningResult.Refused(refusal);
                    }

                    break;
            }
        }
    }

    /// <summary>The registers were asked although nothing is opened: who asked them about whom is on record before that is told.</summary>
    private async Task<OpeningResult> OnRecord(EvidenceFile evidence, OpeningResult result)
    {
        if (evidence.Drafts.Count == 0)
        {
            return result;
        }

        var seal = await log.Seal([.. evidence.Drafts], static _ => { }, CancellationToken.None);
        return seal.Succeeded(out var evidenced, out var refusal)
            ? evidenced.Release(result).Answer
            : new OpeningResult.Refused(refusal);
    }

    private async Task<Result<KeptAnswer>> Seal(
        JointFile opened,
        PlaceClaim claim,
        Occupancy.Vacant vacant,
        EvidenceFile evidence,
        OpenCommand command,
        IdempotencyTicket ticket,
        Func<JointFile, CommitPart>? alongside
    )
    {
        var file = book.Begun(opened with { HoldsPlace = vacant.Turn is not null });
        var kept = answers.Of(file, StatusCodes.Status201Created);
        var part = new CommitPart(
            [.. evidence.Drafts, .. book.Drafts(file, FactsOf(file))],
            book.Opened(file, command.AsSent)
                + JointPlaces.Taken(file.JointId, claim, vacant)
                + JointCase.Opened(file)
                + ticket.Keep(kept)
        );
        part += alongside?.Invoke(file) ?? CommitPart.None;
        var seal = await log.Seal(part.Drafts, part.Rows, CancellationToken.None);
        return seal.Succeeded(out var evidenced, out var refusal) ? evidenced.Release(kept).Answer : refusal;
    }

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

    private static JointFile Open(
        string jointId,
        CallerContext caller,
        OpenCommand command,
        IReadOnlyList<CheckReport> reports,
        DateTimeOffset now
    )
    {
        var form = command.Form;
        List<FetchedProof> proofs = [.. reports.Select(FetchedProof.Of)];
        var recipients = new RecipientGrants(caller.Callers, form.Case.Purpose, now);
        return new JointFile
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
            Terms = JointTerms.Of(form, command.Policy),
            Legs = OpenLegs.Of(jointId, form, proofs, recipients, now),
            Mandate = form.Mandate is { } mandate ? new MandateAnswer { Reference = mandate, At = now } : null,
        };
    }

    private static List<JointFact> FactsOf(JointFile file) =>
        [
            new JointFact("joint", "opened", $"{file.Legs.Count} legs"),
            .. file.Legs.Select(leg => new JointFact(
                JsonNames.Of(leg.Utility),
                "received",
                leg.Gaps.Count == 0 ? null : $"held: {string.Join(',', leg.Gaps.Select(gap => gap.Item))}"
            )),
            .. file.Mandate is null ? Array.Empty<JointFact>() : [new JointFact("mandate", "recorded")],
        ];
}
