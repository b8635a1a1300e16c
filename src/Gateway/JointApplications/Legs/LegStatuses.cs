using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Legs;

/// <summary>
/// What a provider's status does to its leg, however late, repeated or out of order it comes. Pure.
/// <code>
///  received, returned &lt; accepted &lt; surveyScheduled &lt; surveyed &lt; planAnswered &lt; awaiting… &lt; construction &lt; inspected &lt; connected &lt; closed
/// </code>
/// A leg never goes back; <c>suspended</c> stands still where it is and goes on with any status from there.
/// </summary>
internal static class LegStatuses
{
    /// <summary>Applies one status.</summary>
    /// <param name="leg">The leg; a status of it proves that it arrived.</param>
    /// <param name="status">The status.</param>
    /// <param name="nextLook">When statuses are looked for next; null: they are pushed.</param>
    /// <param name="now">When it came.</param>
    public static (Leg Leg, StatusEffect Effect) Apply(
        Leg leg,
        ReportedStatus status,
        DateTimeOffset? nextLook,
        DateTimeOffset now
    )
    {
        var effect = EffectOf(leg, status);
        var known = Arrived(leg, status, nextLook);
        var moved = effect switch
        {
            StatusEffect.Applied => Moved(known, status, now),
            StatusEffect.NotUnderstood => known with { RawStatus = status.Code },
            StatusEffect.Contradiction => known with { Problems = [.. known.Problems, Contradiction(status, now)] },
            _ => known,
        };
        return (moved, effect);
    }

    private static StatusEffect EffectOf(Leg leg, ReportedStatus status) =>
        (leg, status.State) switch
        {
            (_, null) => StatusEffect.NotUnderstood,
            ({ State: LegState.Withdrawn }, LegState.Withdrawn) => StatusEffect.Repeated,
            ({ State: LegState.Withdrawn }, LegState.Connected or LegState.Closed) => StatusEffect.Contradiction,
            ({ State: LegState.Closed }, LegState.Closed) => StatusEffect.Repeated,
            ({ HasEnded: true }, _) => StatusEffect.AfterEnd,
            (_, LegState.Withdrawn) => StatusEffect.Applied,
            ({ State: LegState.Suspended }, LegState.Suspended) => StatusEffect.Repeated,
            (_, LegState.Suspended) => IsNews(leg, status) ? StatusEffect.Applied : StatusEffect.Late,
            (_, LegState.Returned) => Return(leg, status),
            var (_, state) => Forward(leg, status, state.Value),
        };

    private static StatusEffect Return(Leg leg, ReportedStatus status) =>
        leg.State == LegState.Returned ? StatusEffect.Repeated
        : !IsNews(leg, status) ? StatusEffect.Late
        : leg.Reached is LegState.Received or LegState.Accepted ? StatusEffect.Applied
        : StatusEffect.Contradiction;

    private static StatusEffect Forward(Leg leg, ReportedStatus status, LegState state)
    {
        var (there, wanted) = (OrderOf(leg.Reached), OrderOf(state));
        return wanted > there ? StatusEffect.Applied
            : wanted < there ? StatusEffect.Late
            : leg.State == state || !IsNews(leg, status) ? StatusEffect.Repeated
            : StatusEffect.Applied;
    }

    /// <summary>A status that happened before one that counted is late, whatever it says.</summary>
    private static bool IsNews(Leg leg, ReportedStatus status) => leg.StatusAt is not { } last || status.At > last;

    /// <summary>Place in the work; awaiting the customer or a permit are one place.</summary>
    public static int OrderOf(LegState state) =>
        state switch
        {
            LegState.Received or LegState.Returned => 0,
            LegState.Accepted => 1,
            LegState.SurveyScheduled => 2,
            LegState.Surveyed => 3,
            LegState.PlanAnswered => 4,
            LegState.AwaitingCustomer or LegState.AwaitingPermit => 5,
            LegState.Construction => 6,
            LegState.Inspected => 7,
            LegState.Connected => 8,
            LegState.Closed => 9,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "It stands outside the order."),
        };

    private static Leg Arrived(Leg leg, ReportedStatus status, DateTimeOffset? nextLook)
    {
        var known = leg with { Reference = status.Reference ?? leg.Reference };
        return leg.Work is LegWork.Send or LegWork.Ask or LegWork.Listed
            ? known with
            {
                Work = LegWork.Watch,
                WakeAt = nextLook,
                Silences = 0,
            }
            : known;
    }

    private static Leg Moved(Leg leg, ReportedStatus status, DateTimeOffset now)
    {
        var state = status.State!.Value;
        var moved = leg with
        {
            State = state,
            Since = now,
            StatusAt = leg.StatusAt > status.At ? leg.StatusAt : status.At,
            Suspension = null,
            SuspendedIn = null,
        };
        return state switch
        {
            LegState.Suspended => moved with
            {
                SuspendedIn = leg.Reached,
                Suspension = new LegSuspension { Reason = null, Who = status.Who },
            },
            LegState.Returned => moved with
            {
                Work = LegWork.Hold,
                WakeAt = null,
                Gaps = [.. status.Missing.Select(item => new LegGap(item, $"请补充：{item}"))],
            },
            LegState.Withdrawn or LegState.Closed => moved with { Work = LegWork.Done, WakeAt = null },
            LegState.Connected when leg.IsUnwanted => moved with
            {
                Problems = [.. moved.Problems, Contradiction(status, now)],
            },
            _ => moved,
        };
    }

    private static LegProblem Contradiction(ReportedStatus status, DateTimeOffset now) =>
        new()
        {
            Problem = "contradiction",
            Text = $"{status.StatusId}: {status.Code}",
            Since = now,
        };
}

/// <summary>A status as the leg sees it: without personal data.</summary>
/// <param name="StatusId">The provider's number of it.</param>
/// <param name="Code">The code as it came.</param>
/// <param name="State">What it means; null: nobody knows.</param>
/// <param name="At">When it happened, as the provider says.</param>
internal sealed record ReportedStatus(string StatusId, string Code, LegState? State, DateTimeOffset At)
{
    /// <summary>Who causes a suspension.</summary>
    public string Who { get; init; } = "provider";

    public IReadOnlyList<string> Missing { get; init; } = [];

    public IReadOnlyList<LegFee> Fees { get; init; } = [];

    public string? Reference { get; init; }
}
