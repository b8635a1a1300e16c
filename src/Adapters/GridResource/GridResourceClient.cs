using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.GridResource;

/// <summary>The platform's query service.</summary>
internal interface IGridResourceClient
{
    [Post("/api/resource/query")]
    Task<GridAnswer> QueryAsync(
        [Body] GridRequest request,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
