using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Answering;
using Integration.Gateway.JointApplications.Form;
using Integration.Gateway.JointApplications.HandingOver;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.JointApplications.Timing;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Verifications;
using Integration.Gateway.Verifications.Asking;
using Integration.Gateway.Verifications.Recording;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.JointApplications.Opening;

/// <summary>
/// Opens a joint application: one form, one leg for each utility.
/// <code>
///  caller ──(1)──▶ form ──(2)──▶ plan ──(3)──▶ grant ──(4)──▶ not open already
///                                                                │
///                             registers, each proof once  ◀──(5)─┤
///                                                               (6)  legs: sent now, or held for what is missing
///                                                               (7)  sealed: evidence, form, legs, timers, case, answer
///  caller ◀─────────────────────────(8)──────────────────────────┘
/// </code>
/// </summary>
internal sealed class OpenJoint(
    AskAgencies agencies,
    JointBook book,
    JointAnswers answers,
    EvidenceLog log,
    PersonalDataVault vault,
    IOptions<VerificationOptions> options,
    TimeProvider time
)
{
    /// <summary>Handles one form.</summary>
    /// <param name="caller">The authenticated caller.</param>
    /// <param name="command">The form, read without a fault.</param>
    /// <param name="ticket">Keeps the answer for a repetition of the request.</param>
    /// <param name="alongside">What is committed with it, when no caller of ours asked for it: its event.</param>
    /// <returns>The answer; 403 <c>not-granted</c>; 409 <c>already-open</c>; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<KeptAnswer>> Handle(
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
        var purpose = form.Case.Purpose;
        if (
            !GrantedRequest
                .Check(caller.Callers, caller.Caller, form.Case.CaseId, purpose, plan.Demands(purpose), now)
                .Succeeded(out var granted, out var notGranted)
        )
        {
            return notGranted;
        }

        // 4 not open already
        var keys = KeysOf(form);
        if (await book.FindOpen(keys.Open, CancellationToken.None) is { } open)
        {
            return JointRefusals.AlreadyOpen(open);
        }

        // 5 ask
        var jointId = Identifiers.New("jnt", time);
        var evidence = EvidenceFile.Open(granted, form.Case.Basis, jointId, policy.Version);
        var reports = await agencies.Ask(granted, plan.Checks, options.Value.Deadline(now, form.Wait), caller.Priority);
        evidence.Append(reports, time);

        // 6 legs
        var file = book.Begun(Open(jointId, caller, command, reports, now));

        // 7 seal
        var kept = answers.Of(file, StatusCodes.Status201Created);
        var part = new CommitPart(
            [.. evidence.Drafts, .. book.Drafts(file, FactsOf(file))],
            book.Opened(file, command.AsSent, keys) + JointCase.Opened(file) + ticket.Keep(kept)
        );
        part += alongside?.Invoke(file) ?? CommitPart.None;
        var seal = await log.Seal(part.Drafts, part.Rows, CancellationToken.None);
        if (seal.Succeeded(out var evidenced, out var refusal))
        {
            return evidenced.Release(kept).Answer;
        }

        // Somebody opened the same one meanwhile.
        return
            ReferenceEquals(refusal, Refusal.Overtaken)
            && await book.FindOpen(keys.Open, CancellationToken.None) is { } faster
            ? JointRefusals.AlreadyOpen(faster)
            : refusal;
    }

    /// <summary>The open one that a form would double; null: none.</summary>
    public Task<string?> FindOpen(JointForm form) => book.FindOpen(KeysOf(form).Open, CancellationToken.None);

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
        var receivers = new Receivers(caller.Callers, form.Case.Purpose, now);
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
            Legs = OpenLegs.Of(jointId, form, proofs, receivers, now),
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

    private JointKeys KeysOf(JointForm form)
    {
        var place =
            form.Premises.Title.Unit?.Value
            ?? form.Premises.Title.Certificate?.Value
            ?? string.Concat(form.Address.Where(letter => !char.IsWhiteSpace(letter))).Normalize();
        return new JointKeys(
            vault.HashOf("joint-open", $"{form.Kind}\n{form.Applicant.Code}\n{place}"),
            vault.HashOf("joint-site", place)
        );
    }
}
