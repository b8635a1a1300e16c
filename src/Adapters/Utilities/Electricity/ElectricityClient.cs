using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>The marketing system: its pre-check, and its orders. An order's number is the leg's key, so it may stand in an address.</summary>
internal interface IElectricityClient
{
    [Post("/precheck")]
    Task<LinkageAnswer> PreCheckAsync(
        [Body] LinkagePreCheck account,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/orders")]
    Task<LinkageAnswer> SendOrderAsync(
        [Body] PowerOrder order,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Get("/orders/{number}")]
    Task<LinkageAnswer> FindAsync(
        string number,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    /// <summary>Takes away what earlier sendings of the same leg attached.</summary>
    [Delete("/orders/{number}/attachments")]
    Task<LinkageAnswer> ClearAttachmentsAsync(
        string number,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Put("/orders/{number}/attachments/{name}")]
    Task<LinkageAnswer> AttachAsync(
        string number,
        string name,
        [Body] PowerAttachment attachment,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/orders/{number}/cancel")]
    Task<LinkageAnswer> CancelAsync(
        string number,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Get("/orders/{number}/statuses")]
    Task<LinkageAnswer> GetStatusesAsync(
        string number,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/orders/{number}/visits")]
    Task<LinkageAnswer> OfferVisitAsync(
        string number,
        [Body] PowerVisit visit,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
