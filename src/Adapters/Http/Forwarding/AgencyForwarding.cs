using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Forwarding;

/// <summary>Finds the agency and the dialect; everything else is the dialect's.</summary>
internal sealed class AgencyForwarding(IEnumerable<ForwardingOffer> offers) : IAgencyForwarding
{
    private readonly ForwardingOffer[] _offers =
    [
        .. offers.OrderBy(offer => offer.Agency.Name, StringComparer.Ordinal),
    ];

    public IReadOnlyList<ForwardableAgency> Agencies => [.. _offers.Select(offer => offer.Agency)];

    public IForwardedService? Open(string agency, string dialect, string? service) =>
        Array
            .Find(_offers, offer => offer.Agency.Name == agency && offer.Dialect.Description.Name == dialect)
            ?.Dialect.Open(service);
}

/// <summary>What one agency's registration offers to forwarded requests.</summary>
/// <param name="Agency">The agency as the port shows it.</param>
/// <param name="Dialect">Its dialect.</param>
internal sealed record ForwardingOffer(ForwardableAgency Agency, IForwardedDialect Dialect);
