using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Legs;

/// <summary>
/// The whole conduct of a leg towards its provider, on one screen. Pure.
/// <code>
///  work         | done when             | has it          | does not have it | no answer   | never left  | refused
///  Send         | in work at provider   | Watch           | Send (later)     | Ask         | Send (later)| Hold
///  Ask          | we know               | Watch           | Send             | Ask (later) | Ask (later) | Ask (later)
///  Watch        | it has ended          | statuses move the leg, not this table
///  Withdraw     | taken back there      | Done            | Done             | AskWithdrawn| later       | AskWithdrawn
///  AskWithdrawn | we know               | Done / Withdraw | Done             | later       | later       | later
///  Hold, Listed, ListedWithdrawal, Done: somebody else acts
/// </code>
/// </summary>
internal static class LegTable
{
    /// <summary>After so long a step that began is nobody's any more: its answer is asked for.</summary>
    public static readonly TimeSpan StepPatience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan[] s_pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(15),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
    ];

    /// <summary>What is done now.</summary>
    public static LegAction ActionOf(LegWork work, UtilityHabits habits) =>
        (work, habits) switch
        {
            (LegWork.Send, { Delivery: LegDeliveryHabit.WorkList }) => LegAction.List,
            (LegWork.Withdraw, { Delivery: LegDeliveryHabit.WorkList }) => LegAction.ListWithdrawal,
            (LegWork.Send, _) => LegAction.Send,
            (LegWork.Ask or LegWork.AskWithdrawn, _) => LegAction.Find,
            (LegWork.Watch, { PollEvery: not null }) => LegAction.Poll,
            (LegWork.Withdraw, _) => LegAction.Withdraw,
            _ => LegAction.None,
        };

    /// <summary>What a leg is before its step begins: should the step never end, somebody asks what came of it.</summary>
    public static Leg Begun(Leg leg, LegAction action, DateTimeOffset now) =>
        action switch
        {
            LegAction.Send => leg with { Work = LegWork.Ask, WakeAt = now + StepPatience },
            LegAction.Withdraw => leg with { Work = LegWork.AskWithdrawn, WakeAt = now + StepPatience },
            _ => leg,
        };

    /// <summary>What a leg is when its step has ended.</summary>
    /// <param name="leg">The leg before the step.</param>
    /// <param name="result">What came of the step.</param>
    /// <param name="habits">How the provider works.</param>
    /// <param name="now">When it ended.</param>
    public static Leg After(Leg leg, StepResult result, UtilityHabits habits, DateTimeOffset now) =>
        (leg.Work, result) switch
        {
            (LegWork.Send or LegWork.Ask, StepResult.Arrived { Receipt: { IsWithdrawn: true } receipt }) => Ended(
                leg,
                receipt,
                now
            ),
            (LegWork.Send or LegWork.Ask, StepResult.Arrived { Receipt: { Missing.Count: > 0 } receipt }) => Returned(
                leg,
                receipt,
                now
            ),
            (LegWork.Send, StepResult.Arrived { Receipt: { IsComplete: false } receipt }) => Later(
                Known(leg, receipt),
                now
            ),
            (LegWork.Ask, StepResult.Arrived { Receipt: { IsComplete: false } receipt }) => At(
                Known(leg, receipt),
                LegWork.Send,
                now
            ),
            (LegWork.Send or LegWork.Ask, StepResult.Arrived { Receipt: var receipt }) => At(
                Known(leg, receipt),
                LegWork.Watch,
                NextLook(habits, now)
            ),
            (LegWork.Ask, StepResult.NotThere) => At(leg, LegWork.Send, now),
            (LegWork.Send, StepResult.Silent) => At(Later(leg, now), LegWork.Ask, Later(leg, now).WakeAt),
            (LegWork.Send, StepResult.Refused refused) => Refused(leg, refused.Failure, now),

            (LegWork.Withdraw or LegWork.AskWithdrawn, StepResult.NotThere) => Ended(
                leg,
                new LegReceipt(leg.Reference),
                now
            ),
            (LegWork.Withdraw or LegWork.AskWithdrawn, StepResult.Arrived { Receipt: { IsWithdrawn: true } receipt }) =>
                Ended(leg, receipt, now),
            (LegWork.AskWithdrawn, StepResult.Arrived) => At(leg, LegWork.Withdraw, now),
            (LegWork.Withdraw, StepResult.Silent or StepResult.Refused or StepResult.Arrived) => At(
                Later(leg, now),
                LegWork.AskWithdrawn,
                Later(leg, now).WakeAt
            ),
            _ => Later(leg, now),
        };

    /// <summary>When statuses are looked for next; null: the provider pushes them.</summary>
    public static DateTimeOffset? NextLook(UtilityHabits habits, DateTimeOffset now) => now + habits.PollEvery;

    /// <summary>The same work later: soon at first, then every quarter of an hour for as long as it takes.</summary>
    public static Leg Later(Leg leg, DateTimeOffset now) =>
        leg with
        {
            Silences = leg.Silences + 1,
            WakeAt = now + s_pauses[Math.Min(leg.Silences, s_pauses.Length - 1)],
        };

    private static Leg At(Leg leg, LegWork work, DateTimeOffset? wakeAt) =>
        leg with
        {
            Work = work,
            WakeAt = wakeAt,
            Silences = work is LegWork.Ask or LegWork.AskWithdrawn ? leg.Silences : 0,
        };

    private static Leg Known(Leg leg, LegReceipt receipt) =>
        leg with
        {
            Reference = receipt.Reference ?? leg.Reference,
        };

    private static Leg Returned(Leg leg, LegReceipt receipt, DateTimeOffset now) =>
        At(Known(leg, receipt), LegWork.Hold, null) with
        {
            State = LegState.Returned,
            Since = now,
            Gaps = [.. receipt.Missing.Select(item => new LegGap(item, $"请补充：{item}"))],
        };

    /// <summary>Nothing is sent again before somebody has mended what the provider does not accept.</summary>
    private static Leg Refused(Leg leg, AgencyFailure failure, DateTimeOffset now) =>
        At(leg, LegWork.Hold, null) with
        {
            Problems =
            [
                .. leg.Problems,
                new LegProblem
                {
                    Problem = "refused",
                    Text = failure.Code,
                    Since = now,
                },
            ],
        };

    private static Leg Ended(Leg leg, LegReceipt receipt, DateTimeOffset now) =>
        At(Known(leg, receipt), LegWork.Done, null) with
        {
            State = LegState.Withdrawn,
            Since = leg.State == LegState.Withdrawn ? leg.Since : now,
            Suspension = null,
            SuspendedIn = null,
        };
}

/// <summary>What is done for a leg in one step.</summary>
internal enum LegAction
{
    /// <summary>Nothing: it waits for somebody else.</summary>
    None,

    /// <summary>Put it on the provider's work list.</summary>
    List,

    /// <summary>Put its withdrawal on the provider's work list.</summary>
    ListWithdrawal,

    /// <summary>Hand it in.</summary>
    Send,

    /// <summary>Ask whether it arrived, or was taken back.</summary>
    Find,

    /// <summary>Look for statuses.</summary>
    Poll,

    /// <summary>Take it back.</summary>
    Withdraw,
}
