using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.Municipal;

/// <summary>The catch-up service.</summary>
internal interface IMunicipalClient
{
    [Post("/api/events/catch-up")]
    Task<CatchUpAnswer> CatchUpAsync(
        [Body] CatchUpRequest request,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
