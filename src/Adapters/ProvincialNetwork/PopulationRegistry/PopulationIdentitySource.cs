using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>Identity check <c>GK_GXFW_SFHC</c>: does the name belong to the number?</summary>
internal sealed class PopulationIdentitySource(PopulationAgency registry, IOptions<PopulationOptions> options)
    : IIdentitySource
{
    private readonly ExchangeService _service = new(options.Value.CheckService!);

    public string Agency => PopulationAgency.Name;

    public Task<AgencyAnswer<IdentityFacts>> AskAsync(
        IdentityQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        registry.AskAsync(
            PopulationOperation.Check,
            _service,
            question,
            request,
            PopulationReader.Identity,
            cancellationToken
        );
}
