using System.Text.Json;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications;

/// <summary>How every step of an application ends: the decision is taken, then everything is committed together.</summary>
internal sealed class DecisionRecorder(
    EvidenceLog log,
    ReceiptSigner receipts,
    CaseStore cases,
    LimitClock clock,
    TimeProvider time
)
{
    /// <summary>Takes or re-takes the decision.</summary>
    public Application Decide(
        Application application,
        DecisionTrigger trigger,
        ApplicationForm form,
        PolicyEdition policy
    ) =>
        ApplicationTransitions.Decide(
            application,
            trigger,
            new DecisionContext(form, policy, clock, time.GetUtcNow(), Identifiers.New("evd", time))
        );

    /// <summary>Limits whose conditions hold only since this step: their terms go on record, and they reach the clocks of the case.</summary>
    /// <returns>What is committed with the step.</returns>
    public UnitOfWork AddLimits(Application before, Application after, PolicyEdition policy, EvidenceRecorder evidence)
    {
        var unit = new UnitOfWork();
        var added = policy.Limits.Where(limit => after.Has(limit.Name) && !before.Has(limit.Name)).ToList();
        if (added.Count > 0)
        {
            var now = time.GetUtcNow();
            evidence.Append(
                EvidenceKind.Clock,
                Identifiers.New("evd", time),
                FactSubjects.Clock,
                FactSubjects.Limited,
                CaseTransitions.TermsOf(added),
                now
            );
            cases.AddLimits(
                unit,
                after.CallerId,
                after.CaseId,
                new AddedLimits(after.ApplicationId, added, policy, now)
            );
        }

        return unit;
    }

    /// <summary>Commits the decision and its response with everything that a unit of work holds already.</summary>
    /// <param name="unit">Rows of the application and what goes with them, but not its evidence.</param>
    /// <param name="application">The decided application.</param>
    /// <param name="evidence">What was gathered; the decision is appended here.</param>
    /// <param name="response">The response as it is sent.</param>
    /// <param name="ticket">Keeps the response for a repetition of the request.</param>
    public Task<Result<StoredResponse>> CommitAsync(
        UnitOfWork unit,
        Application application,
        EvidenceRecorder evidence,
        StoredResponse response,
        IdempotencyTicket ticket
    )
    {
        unit.Record(Decided(application, evidence));
        unit.Store(ticket, response);
        return log.CommitAsync(unit, response);
    }

    /// <summary>The signed response.</summary>
    /// <param name="application">The decided application.</param>
    /// <param name="status">HTTP status.</param>
    public StoredResponse Respond(Application application, int status) =>
        new(status, receipts.Sign(ApplicationResponses.From(application)));

    /// <summary>The evidence of a step, the decision at its end.</summary>
    public static IReadOnlyList<EvidenceDraft> Decided(Application application, EvidenceRecorder evidence)
    {
        var decision = application.Decision!;
        evidence.Append(
            EvidenceKind.Decision,
            decision.EvidenceId,
            "decision",
            JsonNamingPolicy.CamelCase.ConvertName(decision.Outcome.ToString()),
            decision.Rule,
            decision.DecidedAt
        );
        return evidence.Drafts;
    }
}
