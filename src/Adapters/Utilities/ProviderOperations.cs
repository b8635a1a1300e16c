using Integration.Adapters.Http;

namespace Integration.Adapters.Utilities;

/// <summary>What a provider that we call is asked. Only what changes nothing there is ever sent again by itself.</summary>
internal sealed class ProviderOperations(string agency)
{
    public AgencyOperation Order { get; } = new(agency, "order", IsIdempotentRead: false);

    public AgencyOperation Find { get; } = new(agency, "find", IsIdempotentRead: true);

    public AgencyOperation Withdraw { get; } = new(agency, "withdraw", IsIdempotentRead: false);

    public AgencyOperation Statuses { get; } = new(agency, "statuses", IsIdempotentRead: true);

    public AgencyOperation Visit { get; } = new(agency, "visit", IsIdempotentRead: false);

    public AgencyOperation PreCheck { get; } = new(agency, "precheck", IsIdempotentRead: true);
}
