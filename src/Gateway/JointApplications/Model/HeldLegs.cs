using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>Lets legs go on that waited for the same as another: a mandate, a title of which enough is known. Pure.</summary>
internal static class HeldLegs
{
    /// <summary>The joint application with every leg on its way that nothing is missing for any more, because of this change, and that was never handed in.</summary>
    public static JointApplication GoOn(JointApplication before, JointApplication after, DateTimeOffset now) =>
        after with
        {
            Legs = [.. after.Legs.Select(leg => GoOn(before, leg, now))],
        };

    public static bool LacksMandate(Leg leg) => leg.Gaps.Any(gap => gap.Item == OpenLegs.AgentAuthorisation);

    private static Leg GoOn(JointApplication before, Leg leg, DateTimeOffset now)
    {
        var was = before.Leg(leg.Utility)!;
        var waited = LacksMandate(was) || TransferLegs.IsHeldByTitle(was);
        var isFree =
            leg is { Work: LegWork.Hold, State: LegState.Received, Gaps.Count: 0, IsUnwanted: false }
            && leg.Problems.All(problem => problem.ClosedAt is not null);
        return waited && isFree ? leg with { Work = TransferLegs.FirstWork(before.Kind), WakeAt = now } : leg;
    }
}
