using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.FreeTexts;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// What a provider's status does to its leg, however late, repeated or out of order it comes. Pure.
/// <code>
///  received &lt; accepted &lt; surveyScheduled &lt; surveyed &lt; planAnswered &lt; awaiting… &lt; construction &lt; inspected &lt; connected &lt; closed
/// </code>
/// A leg never goes back. <c>suspended</c> and <c>returned</c> hold it where it is; they do so if they happened after everything
/// else that is known, and end with what happened after them: so the order in which statuses come does not matter.
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
        if (leg.HasEnded)
        {
            return AfterEnd(leg, status, now);
        }

        // About a sending before this one: it says nothing about this one.
        if (status.At <= leg.StaleUntil)
        {
            return status.State is null
                ? (leg with { RawStatus = status.Code }, StatusEffect.NotUnderstood)
                : (leg, StatusEffect.Late);
        }

        var known = Arrived(leg, status, nextLook);
        return status.State switch
        {
            null => (known with { RawStatus = status.Code }, StatusEffect.NotUnderstood),
            LegState.Withdrawn when leg is { State: LegState.Connected, IsUnwanted: false } => Contradicted(
                known,
                status,
                now
            ),
            LegState.Withdrawn => (Ended(known, status, now), StatusEffect.Applied),
            LegState.Suspended => Suspended(known, status, now),
            LegState.Returned => Returned(known, status, now),
            { } state => Forward(known, status, state, nextLook, now),
        };
    }

    private static (Leg, StatusEffect) AfterEnd(Leg leg, ReportedStatus status, DateTimeOffset now) =>
        (leg.State, status.State) switch
        {
            (_, null) => (leg with { RawStatus = status.Code }, StatusEffect.NotUnderstood),
            var (is_, said) when is_ == said => (leg, StatusEffect.Repeated),
            (LegState.Withdrawn, LegState.Connected or LegState.Closed) => Contradicted(leg, status, now),
            _ => (leg, StatusEffect.AfterEnd),
        };

    private static (Leg, StatusEffect) Suspended(Leg leg, ReportedStatus status, DateTimeOffset now)
    {
        var suspension = new LegSuspension { Reason = null, Who = status.Who };
        return (leg.State == LegState.Suspended, IsLatest(leg, status)) switch
        {
            (true, true) => (leg with { StatusAt = status.At, Suspension = suspension }, StatusEffect.Repeated),
            (true, false) => (leg, StatusEffect.Repeated),
            (false, true) => (Held(leg, status, now) with { Suspension = suspension }, StatusEffect.Applied),
            (false, false) => (leg, StatusEffect.Late),
        };
    }

    private static (Leg, StatusEffect) Returned(Leg leg, ReportedStatus status, DateTimeOffset now)
    {
        if (!IsLatest(leg, status))
        {
            return (leg, leg.State == LegState.Returned ? StatusEffect.Repeated : StatusEffect.Late);
        }

        if (OrderOf(leg.Reached) > OrderOf(LegState.Accepted))
        {
            return Contradicted(leg, status, now);
        }

        var effect = leg.State == LegState.Returned ? StatusEffect.Repeated : StatusEffect.Applied;
        var held = Held(leg, status, now) with { Gaps = GapsOf(status.Missing) };
        return (leg.IsUnwanted ? held : held with { Work = LegWork.Hold, WakeAt = null }, effect);
    }

    /// <summary>What happened after a suspension or a return ends it, also when the leg had been there before.</summary>
    private static (Leg, StatusEffect) Forward(
        Leg leg,
        ReportedStatus status,
        LegState state,
        DateTimeOffset? nextLook,
        DateTimeOffset now
    )
    {
        var isFurther = IsFurther(leg, status, state);
        var reached = isFurther ? state : leg.Reached;
        var known = leg with { ReachedAt = isFurther ? status.At : leg.ReachedAt };
        if (
            leg.State is not (LegState.Suspended or LegState.Returned)
            || !(status.At < leg.StatusAt)
            || state == LegState.Closed
        )
        {
            var moved = Moved(known, status, reached, now);
            var effect =
                moved.State != leg.State ? StatusEffect.Applied
                : OrderOf(state) < OrderOf(reached) ? StatusEffect.Late
                : StatusEffect.Repeated;
            return (effect == StatusEffect.Applied ? GoingOn(leg, moved, nextLook) : moved, effect);
        }

        // It happened before it was held: only where it is held may change.
        return leg.State == LegState.Returned && OrderOf(reached) > OrderOf(LegState.Accepted)
            ? Contradicted(GoingOn(leg, Moved(known, status, reached, now), nextLook), status, now)
            : (known with { HeldIn = reached }, StatusEffect.Late);
    }

    private static bool IsFurther(Leg leg, ReportedStatus status, LegState state) =>
        OrderOf(state).CompareTo(OrderOf(leg.Reached)) switch
        {
            0 => state != leg.Reached
                && (leg.ReachedAt is not { } at || status.At > at || (status.At == at && state > leg.Reached)),
            var place => place > 0,
        };

    /// <summary>What happened before something that counted cannot hold the leg.</summary>
    private static bool IsLatest(Leg leg, ReportedStatus status) => leg.StatusAt is not { } last || status.At > last;

    /// <summary>Place in the work; awaiting the customer or a permit are one place.</summary>
    public static int OrderOf(LegState state) =>
        state switch
        {
            LegState.Received => 0,
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
        var known = leg with { Reference = status.Reference ?? leg.Reference, HandedOver = true };
        return leg.Work is LegWork.Send or LegWork.Ask or LegWork.Listed ? Watched(known, nextLook) : known;
    }

    private static Leg Watched(Leg leg, DateTimeOffset? nextLook) =>
        leg with
        {
            Work = LegWork.Watch,
            WakeAt = nextLook,
            Silences = 0,
        };

    /// <summary>The provider goes on with what it had returned or refused: nothing has to come from the applicant any more.</summary>
    private static Leg GoingOn(Leg before, Leg moved, DateTimeOffset? nextLook) =>
        moved.Work == LegWork.Hold && (moved.Gaps.Count == 0 || before.State is LegState.Returned or LegState.Suspended)
            ? Watched(moved, nextLook) with
            {
                Gaps = [],
            }
            : moved;

    private static Leg Moved(Leg leg, ReportedStatus status, LegState state, DateTimeOffset now)
    {
        var moved = leg with
        {
            State = state,
            Since = state == leg.State ? leg.Since : now,
            StatusAt = leg.StatusAt > status.At && leg.State is not LegState.Returned ? leg.StatusAt : status.At,
            Suspension = null,
            HeldIn = null,
        };
        return (state, leg) switch
        {
            (LegState.Closed, _) => Contested(moved with { Work = LegWork.Done, WakeAt = null }, leg, status, now),
            // It supplies: what was to be taken back has to be closed as an account.
            (LegState.Connected, { IsUnwanted: true, State: not LegState.Connected }) => Contested(
                moved with
                {
                    Work = LegWork.Watch,
                    WakeAt = leg.WakeAt,
                },
                leg,
                status,
                now
            ),
            _ => moved,
        };
    }

    /// <summary>A leg that was taken back and supplies all the same: the hall has to look, once.</summary>
    private static Leg Contested(Leg moved, Leg before, ReportedStatus status, DateTimeOffset now) =>
        before.IsUnwanted && before.Reached != LegState.Connected
            ? moved with
            {
                Problems = [.. moved.Problems, Contradiction(status, now)],
            }
            : moved;

    private static Leg Held(Leg leg, ReportedStatus status, DateTimeOffset now) =>
        leg with
        {
            State = status.State!.Value,
            Since = status.State == leg.State ? leg.Since : now,
            StatusAt = status.At,
            HeldIn = leg.Reached,
            Suspension = null,
        };

    private static Leg Ended(Leg leg, ReportedStatus status, DateTimeOffset now) =>
        leg with
        {
            State = LegState.Withdrawn,
            Since = now,
            StatusAt = leg.StatusAt > status.At ? leg.StatusAt : status.At,
            Work = LegWork.Done,
            WakeAt = null,
            Suspension = null,
            HeldIn = null,
        };

    /// <summary>What a provider misses, as the applicant reads it; one that names nothing has to be asked.</summary>
    public static IReadOnlyList<LegGap> GapsOf(IReadOnlyList<string> missing) =>
        missing.Count == 0
            ? [new LegGap("returned", "已被退回但未说明原因，请与受理单位核实后重新提交")]
            : [.. missing.Select(item => new LegGap(item, $"请补充：{item}"))];

    private static (Leg, StatusEffect) Contradicted(Leg leg, ReportedStatus status, DateTimeOffset now) =>
        (leg with { Problems = [.. leg.Problems, Contradiction(status, now)] }, StatusEffect.Contradiction);

    private static LegProblem Contradiction(ReportedStatus status, DateTimeOffset now) =>
        new()
        {
            Problem = LegProblems.Contradiction,
            Text = $"{status.StatusId}: {status.Code}",
            Since = now,
        };
}

/// <summary>A status as the leg sees it: without personal data.</summary>
/// <param name="StatusId">The provider's number of it.</param>
/// <param name="Code">The code as it came.</param>
/// <param name="State">What it means; null: that is not known.</param>
/// <param name="At">When it happened, as the provider says.</param>
internal sealed record ReportedStatus(string StatusId, string Code, LegState? State, DateTimeOffset At)
{
    /// <summary>
    /// The code as it goes on record: one that we know, or that looks like a code; words that a provider writes in its place may be about
    /// any person, so they stay sealed.
    /// </summary>
    public string ShownCode => State is not null || Code.All(IsOfCode) ? Code : FreeText.Mask;

    /// <summary>Who causes a suspension.</summary>
    public string Who { get; init; } = "provider";

    public IReadOnlyList<string> Missing { get; init; } = [];

    public IReadOnlyList<LegFee> Fees { get; init; } = [];

    public string? Reference { get; init; }

    private static bool IsOfCode(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-';
}
