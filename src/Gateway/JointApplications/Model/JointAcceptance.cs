using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>Joint acceptance (联合验收): every leg of a new connection is inspected or further. Pure.</summary>
internal static class JointAcceptance
{
    /// <summary>The legs that count: those that were not taken back.</summary>
    public static IEnumerable<Leg> Wanted(JointApplication joint) =>
        joint.Legs.Where(leg => leg.State != LegState.Withdrawn && !leg.IsUnwanted);

    /// <summary>Keeps the first moment at which it holds; a leg that comes to nothing later does not undo it.</summary>
    public static JointApplication Settle(JointApplication joint, DateTimeOffset now)
    {
        var wanted = Wanted(joint).ToList();
        var isAccepted =
            joint.Kind == JointKind.New
            && wanted.Count > 0
            && wanted.TrueForAll(leg => LegStatuses.OrderOf(leg.Reached) >= LegStatuses.OrderOf(LegState.Inspected));
        return isAccepted && joint.AcceptedJointlyAt is null ? joint with { AcceptedJointlyAt = now } : joint;
    }
}
