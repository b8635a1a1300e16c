using Integration.Contracts;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;

namespace Integration.Gateway.Sharing.Operations;

/// <summary>The sharing plane, for operators.</summary>
internal static class SharingEndpoints
{
    /// <summary><c>GET /v1/ops/sharing</c></summary>
    public static void MapSharingOperations(this IEndpointRouteBuilder endpoints) =>
        endpoints
            .MapGet(
                "/v1/ops/sharing",
                (SharingReadModel model) => Results.Json(model.Answer(), IntegrationJson.Options)
            )
            .WithTags("Operations")
            .RequireCaller(CallerKind.Ops)
            .WithSummary("What is shared now, with whom, and how it goes")
            .Produces<SharingResponse>();
}
