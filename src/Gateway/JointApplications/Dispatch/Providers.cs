using System.Collections.Frozen;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>The providers that have a section under <c>Agencies</c>.</summary>
internal sealed class Providers(IEnumerable<IUtilityProvider> providers)
{
    private readonly FrozenDictionary<Utility, IUtilityProvider> _providers = providers.ToFrozenDictionary(provider =>
        provider.Utility
    );

    /// <summary>A provider without a section is dealt with over its work list: it can log in, and nothing is called.</summary>
    public IUtilityProvider For(Utility utility) => _providers.GetValueOrDefault(utility) ?? new Unconnected(utility);

    private sealed record Unconnected(Utility Utility) : IUtilityProvider
    {
        public UtilityHabits Habits { get; } = new() { Delivery = LegDeliveryHabit.WorkList };
    }
}
