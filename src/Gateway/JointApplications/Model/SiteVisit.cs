using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// One visit of all providers. A leg that is at its provider is asked once for each proposal, one that comes there later then;
/// arranged is it when all providers that take part have said yes. Pure.
/// </summary>
internal static class SiteVisit
{
    /// <summary>The code by which a provider that pulls declines; <c>surveyScheduled</c> confirms.</summary>
    public const string DeclinedCode = "surveyDeclined";

    /// <summary>Proposes a visit, in place of any earlier one.</summary>
    /// <param name="joint">The joint application.</param>
    /// <param name="slot">When.</param>
    /// <param name="sameSite">Others that are open at the same site.</param>
    /// <param name="now">When it is proposed.</param>
    /// <returns>The joint application; 409: no leg is open before its survey.</returns>
    public static Result<JointApplication> Propose(
        JointApplication joint,
        SurveyCommand slot,
        IEnumerable<JointApplication> sameSite,
        DateTimeOffset now
    )
    {
        if (!joint.Legs.Any(leg => IsOpen(leg) && IsBefore(leg, LegState.Surveyed)))
        {
            return Refusal.StateConflict("No leg is open that has not been surveyed.");
        }

        var visit = new JointVisit((joint.Visit?.Number ?? 0) + 1, slot.From, slot.Until, now, []);
        return joint with
        {
            Visit = visit with
            {
                SharedWith =
                [
                    .. sameSite
                        .Where(other => IsWanted(other) && IsShared(visit, other.Visit))
                        .Select(other => other.JointId),
                ],
            },
        };
    }

    /// <summary>Proposals for the same time at the same site are one visit.</summary>
    public static bool IsShared(JointVisit? one, JointVisit? other) =>
        one is not null && other is not null && one.From == other.From && one.Until == other.Until;

    /// <summary>Another joint application at the site, after this one has proposed a visit or was taken back.</summary>
    public static JointApplication SharedWith(JointApplication other, JointApplication joint)
    {
        var isShared = IsWanted(joint) && IsWanted(other) && IsShared(other.Visit, joint.Visit);
        if (
            other.Visit is not { } visit
            || isShared == visit.SharedWith.Contains(joint.JointId, StringComparer.Ordinal)
        )
        {
            return other;
        }

        IEnumerable<string> rest = visit.SharedWith.Where(id => id != joint.JointId);
        return other with { Visit = visit with { SharedWith = [.. isShared ? rest.Append(joint.JointId) : rest] } };
    }

    /// <summary>Those that shared the visit of a joint application until this change took it back.</summary>
    public static IReadOnlyList<string> Left(JointApplication before, JointApplication after) =>
        before.Visit is { SharedWith: { Count: > 0 } shared } && IsWanted(before) && !IsWanted(after) ? shared : [];

    /// <summary>Asks every provider that has not been asked, and lets every leg be scheduled when all have confirmed.</summary>
    public static JointApplication Settle(JointApplication joint, DateTimeOffset now)
    {
        if (joint.Visit is not { } visit)
        {
            return joint;
        }

        if (!IsWanted(joint))
        {
            return visit.SharedWith.Count == 0 ? joint : joint with { Visit = visit with { SharedWith = [] } };
        }

        var asked = joint with { Legs = [.. joint.Legs.Select(leg => Asked(leg, visit, now))] };
        return StateOf(asked) == SurveyState.Arranged
            ? asked with
            {
                Legs = [.. asked.Legs.Select(leg => Scheduled(leg, now))],
            }
            : asked;
    }

    /// <summary>A status as the answer to the proposal; null: it is none.</summary>
    public static (Leg Leg, StatusEffect Effect)? Answered(JointVisit? visit, Leg leg, ReportedStatus status)
    {
        bool? answer = status switch
        {
            { State: null, Code: DeclinedCode } => false,
            { State: LegState.SurveyScheduled } => true,
            _ => null,
        };
        if (answer is not { } confirms)
        {
            return null;
        }

        if (confirms && leg.State == LegState.Suspended)
        {
            return null; // it ends the suspension, like any status
        }

        if (visit is null || leg.VisitNumber != visit.Number || !TakesPart(leg) || IsOlder(status, visit))
        {
            return confirms ? null : (leg, StatusEffect.Late);
        }

        return leg.ConfirmsVisit == confirms
            ? (leg, StatusEffect.Repeated)
            : (
                leg with
                {
                    ConfirmsVisit = confirms,
                    Reference = status.Reference ?? leg.Reference,
                    StatusAt = leg.StatusAt > status.At ? leg.StatusAt : status.At,
                },
                StatusEffect.Applied
            );
    }

    /// <summary>How the visit stands; null: none is proposed.</summary>
    public static SurveyState? StateOf(JointApplication joint)
    {
        if (joint.Visit is null)
        {
            return null;
        }

        return Declined(joint).Any() ? SurveyState.Declined
            : Confirmed(joint).Any() && joint.Legs.All(leg => !TakesPart(leg) || leg.ConfirmsVisit == true)
                ? SurveyState.Arranged
            : SurveyState.Proposed;
    }

    /// <summary>Who comes, or has come.</summary>
    public static IEnumerable<Utility> Confirmed(JointApplication joint) =>
        joint.Legs.Where(leg => IsOpen(leg) && IsAnswer(joint, leg, confirms: true)).Select(leg => leg.Utility);

    /// <summary>Who cannot come and has not made the survey in another way.</summary>
    public static IEnumerable<Utility> Declined(JointApplication joint) =>
        joint.Legs.Where(leg => TakesPart(leg) && IsAnswer(joint, leg, confirms: false)).Select(leg => leg.Utility);

    private static bool IsAnswer(JointApplication joint, Leg leg, bool confirms) =>
        leg.VisitNumber == joint.Visit?.Number && leg.ConfirmsVisit == confirms;

    /// <summary>At its provider or on the way there, and not surveyed yet. A leg that waits for the applicant holds no other up.</summary>
    private static bool TakesPart(Leg leg) =>
        IsOpen(leg) && leg.Work != LegWork.Hold && leg.State != LegState.Returned && IsBefore(leg, LegState.Surveyed);

    /// <summary>Not every leg was taken back.</summary>
    private static bool IsWanted(JointApplication joint) =>
        joint.Legs.Any(leg => !leg.IsUnwanted && leg.State != LegState.Withdrawn);

    private static bool IsOpen(Leg leg) => !leg.HasEnded && !leg.IsUnwanted;

    private static bool IsBefore(Leg leg, LegState state) =>
        LegStatuses.OrderOf(leg.Reached) < LegStatuses.OrderOf(state);

    /// <summary>Providers tell times in whole seconds.</summary>
    private static bool IsOlder(ReportedStatus status, JointVisit visit) =>
        status.At < visit.ProposedAt - TimeSpan.FromSeconds(1);

    private static Leg Asked(Leg leg, JointVisit visit, DateTimeOffset now)
    {
        var isAtProvider = leg.Work is LegWork.Watch or LegWork.Offer or LegWork.ListedVisit;
        var isToCome = TakesPart(leg) && visit.From > now;
        if (isAtProvider && isToCome && leg.VisitNumber != visit.Number)
        {
            return leg with
            {
                Work = LegWork.Offer,
                WakeAt = now,
                Silences = 0,
                VisitNumber = visit.Number,
                ConfirmsVisit = null,
            };
        }

        return leg.Work is LegWork.Offer or LegWork.ListedVisit && (!isToCome || leg.ConfirmsVisit is not null)
            ? leg with
            {
                Work = LegWork.Watch,
                WakeAt = now,
                Silences = 0,
            }
            : leg;
    }

    private static Leg Scheduled(Leg leg, DateTimeOffset now) =>
        TakesPart(leg) && leg.State != LegState.Suspended && IsBefore(leg, LegState.SurveyScheduled)
            ? leg with
            {
                State = LegState.SurveyScheduled,
                Since = now,
            }
            : leg;
}
