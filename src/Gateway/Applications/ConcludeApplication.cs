using System.Text.Json;
using Integration.Gateway.Applications.Answering;
using Integration.Gateway.Applications.Deciding;
using Integration.Gateway.Applications.Reading;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Recording;

namespace Integration.Gateway.Applications;

/// <summary>How every step of an application ends: the decision is taken, then everything is committed together.</summary>
internal sealed class ConcludeApplication(
    EvidenceLog log,
    ReceiptSigner receipts,
    CaseBook cases,
    LimitClock clock,
    TimeProvider time
)
{
    /// <summary>Takes or re-takes the decision.</summary>
    public Dossier Decide(Dossier dossier, Trigger trigger, ApplicationForm form, PolicyEdition policy) =>
        TakeDecision.Of(
            dossier,
            trigger,
            new DecisionContext(form, policy, clock, time.GetUtcNow(), Identifiers.New("evd", time))
        );

    /// <summary>Limits whose conditions hold only since this step: their terms go on record, and they reach the clocks of the case.</summary>
    /// <returns>What is committed with the step; null: there is none.</returns>
    public Action<GatewayDb>? AddLimits(Dossier before, Dossier after, PolicyEdition policy, EvidenceFile evidence)
    {
        var added = policy.Limits.Where(limit => after.Has(limit.Name) && !before.Has(limit.Name)).ToList();
        if (added.Count == 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        evidence.Append(
            EvidenceKind.Clock,
            Identifiers.New("evd", time),
            FactSubjects.Clock,
            FactSubjects.Limited,
            CaseActs.TermsOf(added),
            now
        );
        return cases.AddLimits(after.CallerId, after.CaseId, new AddedLimits(after.ApplicationId, added, policy, now));
    }

    /// <summary>Signs the answer and commits evidence, application, timer and kept answer in one transaction.</summary>
    /// <param name="dossier">The decided dossier.</param>
    /// <param name="evidence">What was gathered; the decision is appended here.</param>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="ticket">Keeps the answer for a repetition of the request.</param>
    /// <param name="rows">Makes the rows of the application, given the answer as it is sent.</param>
    /// <param name="alongside">What is committed with it.</param>
    public async Task<Result<KeptAnswer>> Seal(
        Dossier dossier,
        EvidenceFile evidence,
        int status,
        IdempotencyTicket ticket,
        Func<KeptAnswer, Action<GatewayDb>> rows,
        CommitPart? alongside = null
    )
    {
        var (kept, part) = Part(dossier, evidence, status, ticket, rows);
        var whole = alongside is null ? part : part + alongside;
        var seal = await log.Seal(whole.Drafts, whole.Rows, CancellationToken.None);
        return seal.Succeeded(out var evidenced, out var refusal) ? evidenced.Release(kept).Answer : refusal;
    }

    /// <summary>The signed answer, and what has to be committed before it leaves.</summary>
    public (KeptAnswer Answer, CommitPart Part) Part(
        Dossier dossier,
        EvidenceFile evidence,
        int status,
        IdempotencyTicket ticket,
        Func<KeptAnswer, Action<GatewayDb>> rows
    )
    {
        var decision = dossier.Decision!;
        evidence.Append(
            EvidenceKind.Decision,
            decision.EvidenceId,
            "decision",
            JsonNamingPolicy.CamelCase.ConvertName(decision.Outcome.ToString()),
            decision.Rule,
            decision.DecidedAt
        );
        var kept = new KeptAnswer(status, receipts.Sign(ApplicationAnswers.Of(dossier)));
        return (kept, new CommitPart(evidence.Drafts, rows(kept) + ticket.Keep(kept)));
    }
}
