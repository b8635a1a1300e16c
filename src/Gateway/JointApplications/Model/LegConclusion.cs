using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What the end of a step makes of a leg that others may have moved while the provider was asked. Pure.</summary>
internal static class LegConclusion
{
    /// <summary>
    /// What <see cref="LegTable"/> says. A leg that another request moved meanwhile (a status came, it was taken back) keeps that, unless the
    /// answer shows that the provider has work with it that is not wanted or not known of.
    /// </summary>
    /// <param name="before">The leg before the step.</param>
    /// <param name="current">The leg now.</param>
    /// <param name="result">What came of the step.</param>
    /// <param name="habits">How the provider works.</param>
    /// <param name="now">When it came.</param>
    public static Leg Apply(Leg before, Leg current, StepResult result, UtilityHabits habits, DateTimeOffset now) =>
        IsStillThat(before, current)
            ? LegTable.After(current with { Work = before.Work }, result, habits, now)
            : Late(before, current, result, habits, now);

    /// <summary>An answer to a question counts as long as nothing was sent since it was asked.</summary>
    private static bool IsStillThat(Leg before, Leg current) =>
        before.Sending == current.Sending
        && before.Work switch
        {
            LegWork.Send => current.Work is LegWork.Send or LegWork.Ask,
            LegWork.Withdraw => current.Work is LegWork.Withdraw or LegWork.AskWithdrawn,
            _ => current.Work == before.Work && current.WakeAt == before.WakeAt,
        };

    private static Leg Late(Leg before, Leg current, StepResult result, UtilityHabits habits, DateTimeOffset now)
    {
        if (before.Sending != current.Sending)
        {
            return current; // about a sending that is history
        }

        var isHandingIn = before.Work is LegWork.Send or LegWork.Ask;
        var takenBack = current is { State: LegState.Withdrawn, IsUnwanted: true, Work: LegWork.Done };
        return result switch
        {
            StepResult.Arrived { Receipt: { IsWithdrawn: false } receipt } when isHandingIn && takenBack => current with
            {
                Reference = receipt.Reference ?? current.Reference,
                Work = LegWork.Withdraw,
                WakeAt = now,
            },
            StepResult.Silent when isHandingIn && takenBack => LegTable.Later(current, now) with
            {
                Work = LegWork.AskWithdrawn,
            },
            StepResult.Arrived { Receipt: { IsWithdrawn: false, Missing.Count: 0 } receipt }
                when isHandingIn && current is { Work: LegWork.Hold, State: LegState.Received, Gaps.Count: 0 } =>
                current with
                {
                    Reference = receipt.Reference ?? current.Reference,
                    Work = LegWork.Watch,
                    WakeAt = LegTable.NextLook(habits, now),
                    Silences = 0,
                },
            StepResult.Arrived { Receipt.Reference: { } reference } => current with { Reference = reference },
            _ => current,
        };
    }
}
