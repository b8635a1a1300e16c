using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.Utilities.Water;

/// <summary>The service hall's interface for orders.</summary>
internal interface IWaterClient
{
    [Post("/api/order")]
    Task<LinkageAnswer> SendOrderAsync(
        [Body] WaterOrder order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/api/order/find")]
    Task<LinkageAnswer> FindAsync(
        [Body] WaterOrderNumber order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/api/order/cancel")]
    Task<LinkageAnswer> CancelAsync(
        [Body] WaterOrderNumber order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/api/order/progress")]
    Task<LinkageAnswer> GetProgressAsync(
        [Body] WaterOrderNumber order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/api/visit")]
    Task<LinkageAnswer> OfferVisitAsync(
        [Body] WaterVisit visit,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/api/precheck")]
    Task<LinkageAnswer> PreCheckAsync(
        [Body] LinkagePreCheck account,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
