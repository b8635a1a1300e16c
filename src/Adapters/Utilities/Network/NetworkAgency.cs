using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.Network;

/// <summary>The network company: too small for a system of its own. Its people log in with us and pull their work list; we never call them.</summary>
internal sealed class NetworkAgency : IUtilityProvider
{
    public const string Name = "network";

    public Utility Utility => Utility.Network;

    public UtilityHabits Habits { get; } = new() { Delivery = LegDeliveryHabit.WorkList };
}
