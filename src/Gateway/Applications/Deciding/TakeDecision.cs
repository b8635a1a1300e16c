using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Answering;
using Integration.Gateway.Applications.Reading;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Deciding;

/// <summary>What sets a decision off.</summary>
internal enum Trigger
{
    Application,
    Material,
    Commitment,
    Recheck,
    Withdrawal,
}

/// <summary>One decision to be taken: the rules that hold for it, and the moment.</summary>
/// <param name="Form">What is applied for.</param>
/// <param name="Policy">The edition of the day of acceptance.</param>
/// <param name="Clock">Working days.</param>
/// <param name="Now">The moment of the decision.</param>
/// <param name="EvidenceId">Number of the decision's evidence record.</param>
internal sealed record DecisionContext(
    ApplicationForm Form,
    PolicyEdition Policy,
    LimitClock Clock,
    DateTimeOffset Now,
    string EvidenceId
);

/// <summary>Takes or re-takes the decision of a dossier. Pure: dossier and context in, next version of the dossier out.</summary>
internal static class TakeDecision
{
    public static Dossier Of(Dossier dossier, Trigger trigger, DecisionContext context) =>
        trigger == Trigger.Withdrawal ? Closed(dossier, context) : Decided(dossier, trigger, context);

    /// <summary>A withdrawal decides nothing: the last decision stands, and nothing is asked again.</summary>
    private static Dossier Closed(Dossier dossier, DecisionContext context)
    {
        var last = dossier.Decision! with { DecidedAt = ChinaTime.In(context.Now), EvidenceId = context.EvidenceId };
        return dossier with
        {
            Version = dossier.Version + 1,
            RecheckAt = null,
            Decision = last,
            History = [.. dossier.History, Entry(last, Trigger.Withdrawal)],
        };
    }

    private static Dossier Decided(Dossier dossier, Trigger trigger, DecisionContext context)
    {
        var next = dossier with
        {
            Version = dossier.Version + 1,
            Rechecks = trigger == Trigger.Recheck ? dossier.Rechecks + 1 : dossier.Rechecks,
        };
        next = next with { RecheckAt = RecheckAt(next, trigger, context) };
        var standing = Standing(next, context) with { AsksAgain = next.RecheckAt is not null };
        var decision = Decide.From(standing, context.Policy, context.EvidenceId, context.Now);
        var size = standing.EnterpriseSize;
        var supply = SupplyAnswer.Of(context.Form, context.Policy, size, dossier.Grid);
        var simple = SimpleConnectionAnswer.Of(context.Form, context.Policy, size, supply);
        return next with
        {
            Decision = decision,
            Supply = supply,
            SimpleConnection = simple,
            Limits = Limits(dossier, context, supply, simple),
            History = IsNews(dossier, trigger, decision)
                ? [.. dossier.History, Entry(decision, trigger)]
                : dossier.History,
        };
    }

    /// <summary>The proofs of a dossier as the rules see them.</summary>
    private static CaseStanding Standing(Dossier dossier, DecisionContext context) =>
        Decide.Standing(context.Form.Service, dossier.Proofs, context.Policy, context.Now);

    /// <summary>A first decision and each repetition set the next one; papers only end it, when nothing is open any more.</summary>
    private static DateTimeOffset? RecheckAt(Dossier dossier, Trigger trigger, DecisionContext context)
    {
        if (!Standing(dossier, context).Proofs.Any(proof => proof.IsOpen))
        {
            return null;
        }

        return trigger is Trigger.Application or Trigger.Recheck
            ? context.Policy.Recheck.Next(dossier.Rechecks, dossier.AcceptedAt, context.Now)
            : dossier.RecheckAt;
    }

    private static IReadOnlyList<Limit> Limits(
        Dossier dossier,
        DecisionContext context,
        Supply supply,
        SimpleConnection? simple
    ) => LimitAnswers.Of(context.Form.Service, context.Policy, supply, simple, dossier.AcceptedAt, context.Clock);

    /// <summary>A repetition that changes nothing is on record as evidence; the history tells what changed.</summary>
    private static bool IsNews(Dossier dossier, Trigger trigger, Decision decision) =>
        trigger != Trigger.Recheck
        || dossier.Decision is not { } before
        || before.Outcome != decision.Outcome
        || before.Rule != decision.Rule;

    private static DecisionEntry Entry(Decision decision, Trigger trigger) =>
        new()
        {
            Outcome = decision.Outcome,
            Rule = decision.Rule,
            DecidedAt = decision.DecidedAt,
            Trigger = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(trigger.ToString()),
            EvidenceId = decision.EvidenceId,
        };
}
