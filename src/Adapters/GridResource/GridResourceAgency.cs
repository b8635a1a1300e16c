using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.GridResource;

/// <summary>The grid-resource platform (电网资源业务中台).</summary>
internal sealed class GridResourceAgency(
    IGridResourceClient client,
    [FromKeyedServices(GridResourceAgency.Name)] AgencyCaller caller
) : IGridResourceSource
{
    public const string Name = "grid-resource";

    private static readonly AgencyOperation s_query = new(Name, "query", IsIdempotentRead: true);

    public string Agency => Name;

    public Task<AgencyAnswer<GridResourceFacts>> AskAsync(
        UnitNumber unit,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            s_query,
            request,
            (call, cancelled) => client.QueryAsync(new GridRequest(unit.Value), call, cancelled),
            answer => GridResourceReader.Read(answer, unit),
            cancellationToken
        );
}
