using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Legs;

namespace Integration.Gateway.JointApplications.Together;

/// <summary>Joint acceptance (联合验收): every leg of a new connection is inspected or further. Pure.</summary>
internal static class JointAcceptance
{
    /// <summary>The legs that count: those that nobody took back.</summary>
    public static IEnumerable<Leg> Wanted(JointFile file) =>
        file.Legs.Where(leg => leg.State != LegState.Withdrawn && !leg.IsUnwanted);

    /// <summary>Keeps the first moment at which it holds; a leg that comes to nothing later does not undo it.</summary>
    public static JointFile Settle(JointFile file, DateTimeOffset now)
    {
        var wanted = Wanted(file).ToList();
        var isAccepted =
            file.Kind == JointKind.New
            && wanted.Count > 0
            && wanted.TrueForAll(leg => LegStatuses.OrderOf(leg.Reached) >= LegStatuses.OrderOf(LegState.Inspected));
        return isAccepted && file.AcceptedJointlyAt is null ? file with { AcceptedJointlyAt = now } : file;
    }
}
