using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>Basic data <c>GK_JZCX_RKJCXXCX</c>: registered and former name, mark of death.</summary>
internal sealed class PopulationHouseholdSource(PopulationAgency registry, IOptions<PopulationOptions> options)
    : IHouseholdSource
{
    private readonly ExchangeService _service = new(options.Value.BasicDataService!);

    public string Agency => PopulationAgency.Name;

    public Task<AgencyAnswer<HouseholdFacts>> AskAsync(
        IdentityQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        registry.AskAsync(
            PopulationOperation.BasicData,
            _service,
            question,
            request,
            PopulationReader.Household,
            cancellationToken
        );
}
