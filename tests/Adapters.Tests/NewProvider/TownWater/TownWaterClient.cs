using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.Utilities.TownWater;

/// <summary>The waterworks' interface. Every call has a key, the call itself and a cancellation token.</summary>
internal interface ITownWaterClient
{
    [Post("/orders")]
    Task<TownWaterReceipt> SendAsync(
        [Body] TownWaterOrder order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/orders/find")]
    Task<TownWaterReceipt> FindAsync(
        [Body] TownWaterKey order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/orders/cancel")]
    Task<TownWaterReceipt> CancelAsync(
        [Body] TownWaterKey order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/orders/steps")]
    Task<TownWaterSteps> GetStepsAsync(
        [Body] TownWaterKey order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/visits")]
    Task<TownWaterVisitReply> OfferVisitAsync(
        [Body] TownWaterVisit visit,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/accounts/check")]
    Task<TownWaterAccountRow> CheckAccountAsync(
        [Body] TownWaterAccount account,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
