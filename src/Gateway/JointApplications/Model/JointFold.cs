using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>Where a joint application stands: a fold of its legs and of nothing else. Pure.</summary>
internal static class JointFold
{
    /// <summary>The first line that fits. Legs that were taken back count only when all were.</summary>
    public static JointState Fold(IReadOnlyList<Leg> legs)
    {
        var wanted = legs.Where(leg => leg.State != LegState.Withdrawn).ToList();
        var open = wanted.Where(leg => leg.State is not (LegState.Closed or LegState.Connected)).ToList();
        return wanted switch
        {
            [] => JointState.Withdrawn,
            _ when wanted.TrueForAll(leg => leg.State == LegState.Closed) => JointState.Closed,
            _ when open.Count == 0 => JointState.Connected,
            _ when open.TrueForAll(leg => leg.State == LegState.Suspended) => JointState.Suspended,
            _ when open.TrueForAll(AwaitsCustomer) => JointState.AwaitingCustomer,
            _ when open.Count < wanted.Count => JointState.PartlyConnected,
            _ when wanted.Exists(leg => LegStatuses.OrderOf(leg.Reached) > 0) => JointState.InProgress,
            _ => JointState.Received,
        };
    }

    private static bool AwaitsCustomer(Leg leg) => leg.State is LegState.Returned or LegState.AwaitingCustomer;
}
