using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Model;

/// <summary>What sets a decision off.</summary>
internal enum DecisionTrigger
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

/// <summary>Takes or re-takes the decision of an application. Pure: application and context in, next version of the application out.</summary>
internal static class ApplicationTransitions
{
    public static Application Decide(Application application, DecisionTrigger trigger, DecisionContext context) =>
        trigger == DecisionTrigger.Withdrawal ? Closed(application, context) : Decided(application, trigger, context);

    /// <summary>A withdrawal decides nothing: the last decision stands, and nothing is asked again.</summary>
    private static Application Closed(Application application, DecisionContext context)
    {
        var last = application.Decision! with
        {
            DecidedAt = ChinaTime.In(context.Now),
            EvidenceId = context.EvidenceId,
        };
        return application with
        {
            RecheckAt = null,
            Decision = last,
            History = [.. application.History, DecisionRecord.From(last, DecisionTrigger.Withdrawal)],
        };
    }

    private static Application Decided(Application application, DecisionTrigger trigger, DecisionContext context)
    {
        var next = application with
        {
            Rechecks = trigger == DecisionTrigger.Recheck ? application.Rechecks + 1 : application.Rechecks,
        };
        next = next with { RecheckAt = RecheckAt(next, trigger, context) };
        var standing = Standing(next, context) with { AsksAgain = next.RecheckAt is not null };
        var decision = ApplicationDecision.From(standing, context.Policy, context.EvidenceId, context.Now);
        var size = standing.EnterpriseSize;
        var supply = SupplyRules.Create(context.Form, context.Policy, size, application.Grid);
        var simple = SimpleConnectionRules.Create(context.Form, context.Policy, size, supply);
        return next with
        {
            Decision = decision,
            Supply = supply,
            SimpleConnection = simple,
            Limits = Limits(application, context, supply, simple),
            History = IsNews(application, trigger, decision)
                ? [.. application.History, DecisionRecord.From(decision, trigger)]
                : application.History,
        };
    }

    /// <summary>The proofs of an application as the rules see them.</summary>
    private static ApplicationStanding Standing(Application application, DecisionContext context) =>
        ApplicationStanding.From(context.Form.Service, application.Proofs, context.Policy, context.Now);

    /// <summary>A first decision and each repetition set the next one; papers only end it, when nothing is open any more.</summary>
    private static DateTimeOffset? RecheckAt(Application application, DecisionTrigger trigger, DecisionContext context)
    {
        if (!Standing(application, context).Proofs.Any(proof => proof.IsOpen))
        {
            return null;
        }

        return trigger is DecisionTrigger.Application or DecisionTrigger.Recheck
            ? context.Policy.Recheck.Next(application.Rechecks, application.AcceptedAt, context.Now)
            : application.RecheckAt;
    }

    private static IReadOnlyList<ApplicationLimit> Limits(
        Application application,
        DecisionContext context,
        SupplyTerms supply,
        SimpleConnectionResult? simple
    ) =>
        ApplicationLimits.Create(
            context.Form.Service,
            context.Policy,
            supply,
            simple,
            application.AcceptedAt,
            context.Clock
        );

    /// <summary>A repetition that changes nothing is on record as evidence; the history tells what changed.</summary>
    private static bool IsNews(Application application, DecisionTrigger trigger, ApplicationDecision decision) =>
        trigger != DecisionTrigger.Recheck
        || application.Decision is not { } before
        || before.Outcome != decision.Outcome
        || before.Rule != decision.Rule;
}
