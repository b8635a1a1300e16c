using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What people do with a leg. Pure.</summary>
internal static class LegTransitions
{
    /// <summary>Takes a leg back: at the provider too, if it may be there.</summary>
    /// <returns>The leg; 409: it is connected or has ended.</returns>
    public static Result<Leg> Withdraw(Leg leg, DateTimeOffset now) =>
        leg switch
        {
            { State: LegState.Withdrawn } or { IsUnwanted: true, Work: not LegWork.Watch } => leg,
            { State: LegState.Connected or LegState.Closed } => Refusal.StateConflict(
                "It is connected; close the account instead."
            ),
            { NeverLeft: true } => Never(leg, now),
            _ => leg with { IsUnwanted = true, Work = LegWork.Withdraw, WakeAt = now, Silences = 0 },
        };

    /// <summary>Sends a leg again whose gaps are filled, or that the provider returned or refused.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="gaps">What is still missing.</param>
    /// <param name="papers">Papers that came with it.</param>
    /// <param name="now">When.</param>
    /// <returns>The leg; 409: it is with the provider, or has ended.</returns>
    public static Result<Leg> Resend(
        Leg leg,
        IReadOnlyList<LegGap> gaps,
        IReadOnlyList<LegPaper> papers,
        DateTimeOffset now
    )
    {
        if (leg.Work != LegWork.Hold || leg.IsUnwanted)
        {
            return Refusal.StateConflict("It is not waiting for anything of yours, so it is not sent again.");
        }

        var filled = leg with { Papers = [.. leg.Papers, .. papers], Gaps = gaps };
        return gaps.Count > 0 || TransferLegs.IsHeldByTitle(leg) ? filled : Again(filled, now);
    }

    /// <summary>Under a new key if the provider has answered to the old one: it would answer the same again.</summary>
    private static Leg Again(Leg leg, DateTimeOffset now)
    {
        var isReturned = leg.State is LegState.Returned or LegState.Suspended;
        var isNew =
            isReturned
            || leg.Problems.Any(problem => problem.Problem == LegProblems.Refused && problem.ClosedAt is null);
        return leg with
        {
            State = isReturned ? LegState.Received : leg.State,
            Since = isReturned ? now : leg.Since,
            HeldIn = null,
            Suspension = null,
            ReachedAt = isNew ? null : leg.ReachedAt,
            StaleUntil = isNew ? leg.StatusAt : leg.StaleUntil,
            Reference = isNew ? null : leg.Reference,
            Sending = isNew ? leg.Sending + 1 : leg.Sending,
            Work = LegWork.Send,
            WakeAt = now,
            Silences = 0,
            Problems = [.. leg.Problems.Select(problem => Mended(problem, now))],
        };
    }

    /// <summary>Closes out what people have settled with the provider. What holds a leg back is mended by sending it again instead.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="number">Number of the problem, counted from 1.</param>
    /// <param name="reference">Where it is on file.</param>
    /// <param name="now">When.</param>
    /// <returns>The leg; 404: it has no such problem; 409: it is closed out already, or is not closed by hand.</returns>
    public static Result<Leg> CloseOut(Leg leg, int number, string reference, DateTimeOffset now)
    {
        if (number < 1 || number > leg.Problems.Count)
        {
            return Refusal.NotFound("This problem");
        }

        var problem = leg.Problems[number - 1];
        return problem switch
        {
            { ClosedAt: not null } => Refusal.StateConflict("It is closed out already."),
            _ when !LegProblems.IsClosedByHand(problem.Problem) => Refusal.StateConflict(
                "It holds the leg back; mend what it says and send the leg again."
            ),
            _ => leg with
            {
                Problems =
                [
                    .. leg.Problems.Select(
                        (other, place) =>
                            place == number - 1 ? problem with { ClosedAt = now, Reference = reference } : other
                    ),
                ],
            },
        };
    }

    /// <summary>The provider took it off its work list; the same leg: it did not stand there.</summary>
    public static Leg Taken(Leg leg, DateTimeOffset now) =>
        leg.Work switch
        {
            LegWork.Listed or LegWork.ListedVisit => leg with { Work = LegWork.Watch, WakeAt = null },
            LegWork.ListedWithdrawal => leg with
            {
                Work = LegWork.Done,
                WakeAt = null,
                State = LegState.Withdrawn,
                Since = now,
                Suspension = null,
                HeldIn = null,
            },
            _ => leg,
        };

    private static Leg Never(Leg leg, DateTimeOffset now) =>
        leg with
        {
            IsUnwanted = true,
            State = LegState.Withdrawn,
            Since = now,
            Work = LegWork.Done,
            WakeAt = null,
        };

    private static LegProblem Mended(LegProblem problem, DateTimeOffset now) =>
        problem is { Problem: LegProblems.Refused or LegProblems.ReceiverNotGranted, ClosedAt: null }
            ? problem with
            {
                ClosedAt = now,
            }
            : problem;
}
