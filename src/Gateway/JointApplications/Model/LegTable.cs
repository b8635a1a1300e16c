using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// The whole conduct of a leg towards its provider, on one screen. Pure.
/// <code>
///  work         | done when             | has it          | does not have it | no answer   | never left  | refused
///  PreCheck     | account may go over   | Send            | Hold             | later       | later       | Hold
///  Send         | in work at provider   | Watch           | Send (later)     | Ask         | Send (later)| Hold
///  Ask          | we know               | Watch           | Send             | Ask (later) | Ask (later) | Ask (later)
///  Watch        | it has ended          | statuses move the leg, not this table
///  Offer        | it says yes or no     | Watch           | Watch: no        | later       | later       | Watch: no
///  Withdraw     | taken back there      | AskWithdrawn    | Done             | AskWithdrawn| later       | Watch
///  AskWithdrawn | we know               | Done / Withdraw | Withdraw         | later       | later       | later
///  Hold, Listed, ListedVisit, ListedWithdrawal, Done: the applicant, the provider or an authority acts
/// </code>
/// </summary>
internal static class LegTable
{
    /// <summary>After so long a step that began is given up: its answer is asked for.</summary>
    public static readonly TimeSpan StepPatience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan[] s_pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(15),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
    ];

    /// <summary>What is done now, with what that needs.</summary>
    public static LegAction ActionOf(LegWork work, IUtilityProvider provider) =>
        (StepOf(work, provider.Habits), provider) switch
        {
            (LegStep.None, _) => new LegAction.None(),
            (LegStep.List, _) => new LegAction.List(LegWork.Listed),
            (LegStep.ListVisit, _) => new LegAction.List(LegWork.ListedVisit),
            (LegStep.ListWithdrawal, _) => new LegAction.List(LegWork.ListedWithdrawal),
            (var step, ICalledProvider called) => new LegAction.Call(called, step),
            _ => throw new InvalidOperationException("A provider that cannot be called has a work list."),
        };

    /// <summary>What is done now.</summary>
    public static LegStep StepOf(LegWork work, UtilityHabits habits) =>
        (work, habits) switch
        {
            (LegWork.PreCheck or LegWork.Send, { Delivery: LegDeliveryHabit.WorkList }) => LegStep.List,
            (LegWork.Offer, { Delivery: LegDeliveryHabit.WorkList }) => LegStep.ListVisit,
            (LegWork.Withdraw, { Delivery: LegDeliveryHabit.WorkList }) => LegStep.ListWithdrawal,
            (LegWork.PreCheck, _) => LegStep.PreCheck,
            (LegWork.Send, _) => LegStep.Send,
            (LegWork.Offer, _) => LegStep.Offer,
            (LegWork.Ask or LegWork.AskWithdrawn, _) => LegStep.Find,
            (LegWork.Watch, { PollEvery: not null }) => LegStep.Poll,
            (LegWork.Withdraw, _) => LegStep.Withdraw,
            _ => LegStep.None,
        };

    /// <summary>Whether a provider may report on a leg: it was handed over, or is being put on the work list of a provider that pulls.</summary>
    public static bool IsReportable(Leg leg, UtilityHabits habits) =>
        leg.IsKnownToProvider || StepOf(leg.Work, habits) == LegStep.List;

    /// <summary>Whether a provider may take it off its list: as for reports, and what ended before it was listed is gone already.</summary>
    public static bool IsTakeable(Leg leg, UtilityHabits habits) => leg.HasEnded || IsReportable(leg, habits);

    /// <summary>What a leg is before its step begins: should the step never end, its provider is asked what came of it.</summary>
    public static Leg Begun(Leg leg, LegStep step, DateTimeOffset now) =>
        step switch
        {
            LegStep.Send => leg with { Work = LegWork.Ask, WakeAt = now + StepPatience, HandedOver = true },
            LegStep.Withdraw => leg with { Work = LegWork.AskWithdrawn, WakeAt = now + StepPatience },
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
            // It was on its way once, so a withdrawal has to reach the provider too, although it denies it now.
            (LegWork.Ask, StepResult.NotThere) => At(
                leg with
                {
                    Silences = Math.Max(leg.Silences, 1),
                },
                LegWork.Send,
                now
            ),
            (LegWork.Send, StepResult.Silent) => At(Later(leg, now), LegWork.Ask, Later(leg, now).WakeAt),
            (LegWork.Send, StepResult.Refused refused) => Refused(leg, refused.Failure, now),

            (LegWork.PreCheck, StepResult.Account account) => TransferLegs.Checked(leg, account.Check, now),
            (LegWork.PreCheck, StepResult.NotThere) => TransferLegs.NoAccount(leg),
            (LegWork.PreCheck, StepResult.Refused refused) => Refused(leg, refused.Failure, now),

            (LegWork.Offer, StepResult.Visit visit) => Answered(leg, visit.IsConfirmed, habits, now),
            (LegWork.Offer, StepResult.NotThere or StepResult.Refused) => Answered(
                leg,
                isConfirmed: false,
                habits,
                now
            ),

            (LegWork.Withdraw, StepResult.NotThere) => Ended(leg, new LegReceipt(leg.Reference), now),
            (LegWork.Withdraw or LegWork.AskWithdrawn, StepResult.Arrived { Receipt: { IsWithdrawn: true } receipt }) =>
                Ended(leg, receipt, now),
            // Only a withdrawal that arrived keeps an order out that is still on its way.
            (LegWork.AskWithdrawn, StepResult.Arrived or StepResult.NotThere) => At(leg, LegWork.Withdraw, now),
            (LegWork.Withdraw, StepResult.Refused refused) => At(
                Unwilling(leg, refused.Failure, now),
                LegWork.Watch,
                NextLook(habits, now)
            ),
            (LegWork.Withdraw, StepResult.Silent or StepResult.Arrived) => At(
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

    private static Leg Answered(Leg leg, bool isConfirmed, UtilityHabits habits, DateTimeOffset now) =>
        At(leg, LegWork.Watch, NextLook(habits, now)) with
        {
            ConfirmsVisit = isConfirmed,
        };

    /// <summary>The pauses go on growing until the provider has it, or has taken it back.</summary>
    private static Leg At(Leg leg, LegWork work, DateTimeOffset? wakeAt) =>
        leg with
        {
            Work = work,
            WakeAt = wakeAt,
            Silences = work is LegWork.Watch or LegWork.Hold or LegWork.Done ? 0 : leg.Silences,
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
            StatusAt = leg.StatusAt > now ? leg.StatusAt : now,
            HeldIn = leg.Reached,
            Gaps = LegStatuses.GapsOf(receipt.Missing),
        };

    /// <summary>Nothing is sent again before the applicant or an operator has mended what the provider does not accept.</summary>
    private static Leg Refused(Leg leg, AgencyFailure failure, DateTimeOffset now) =>
        At(leg, LegWork.Hold, null) with
        {
            Problems =
            [
                .. leg.Problems,
                new LegProblem
                {
                    Problem = LegProblems.Refused,
                    Text = failure.Code,
                    Since = now,
                },
            ],
        };

    /// <summary>The provider does not take it back, so it goes on, and the hall has to look.</summary>
    private static Leg Unwilling(Leg leg, AgencyFailure failure, DateTimeOffset now) =>
        leg.Problems.Any(problem => problem is { Problem: LegProblems.WithdrawalRefused, ClosedAt: null })
            ? leg
            : leg with
            {
                Problems =
                [
                    .. leg.Problems,
                    new LegProblem
                    {
                        Problem = LegProblems.WithdrawalRefused,
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
            HeldIn = null,
            Problems =
            [
                .. leg.Problems.Select(problem =>
                    problem is { Problem: LegProblems.WithdrawalRefused, ClosedAt: null }
                        ? problem with
                        {
                            ClosedAt = now,
                        }
                        : problem
                ),
            ],
        };
}
