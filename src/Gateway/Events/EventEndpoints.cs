using Integration.Contracts;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Callers;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Signatures;

namespace Integration.Gateway.Events;

/// <summary>Flow 2: events of enterprises that open and of properties that go over.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder endpoints)
    {
        var events = endpoints.MapGroup("/v1/events").WithTags("Events");
        events
            .MapPost("", ReceiveAsync)
            .WithMetadata(new NamesItself(ProblemCodes.EventConflict))
            .WithSummary("Hands an event in; from the receipt on it cannot be lost")
            .WithDescription(
                $"CloudEvents 1.0. `{EventDelivery.Structured}` with `{EventDelivery.SignatureHeader}` (Base64 of a detached CMS over the body); the same with `{EventDelivery.Batch}` for an array, answered element by element; or `{EventDelivery.Attached}; smime-type=signed-data`, a CMS that holds either. The event's source and id make a repetition safe; an `Idempotency-Key` is ignored. docs/events.md shows how."
            )
            .Accepts<EventInput>(EventDelivery.Structured, EventDelivery.Batch, EventDelivery.Attached)
            .Produces<EventReceipt>(StatusCodes.Status202Accepted)
            .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, ProblemResult.MediaType);
        events
            .MapMethods("", [HttpMethods.Options], (HttpContext http, WebHookValidation hook) => hook.Answer(http))
            .AllowAnonymous()
            .ExcludeFromDescription();
        events
            .MapGet("/{receiptId}", ShowAsync)
            .WithSummary("What became of an event")
            .WithDescription(
                "cursor: next of an earlier answer, for the page of the history before it; without it the newest 100 entries."
            )
            .Produces<EventResponse>();
        events
            .MapGet("/{receiptId}/receipt", ShowReceiptAsync)
            .WithSummary("The receipt of an event as CMS, the same bytes for every caller")
            .Produces<byte[]>(StatusCodes.Status200OK, CmsReceipts.MediaType);
        endpoints.MapEventOperations();
    }

    private static async Task<IResult> ShowAsync(
        string receiptId,
        HttpContext http,
        CallerContext caller,
        EventQueries queries,
        CancellationToken cancellationToken
    )
    {
        if (!TimelineQuery.Read(http.Request.Query).Succeeded(out var page, out var notValid))
        {
            return notValid.ToProblem();
        }

        return await queries.FindAsync(receiptId, caller.Caller, page.Before, cancellationToken) is { } answer
            ? Results.Json(answer, IntegrationJson.Options)
            : Refusal.NotFound("This receipt").ToProblem();
    }

    private static async Task<IResult> ShowReceiptAsync(
        string receiptId,
        CallerContext caller,
        EventQueries queries,
        CancellationToken cancellationToken
    ) =>
        (await queries.FindReceiptAsync(receiptId, caller.Caller, cancellationToken)).Match(receipt =>
            Results.Bytes(receipt, $"{CmsReceipts.MediaType}; smime-type=signed-data")
        );

    private static async Task<IResult> ReceiveAsync(
        HttpContext http,
        CallerContext caller,
        IntakeHandler handler,
        IntakeBackpressure backpressure,
        DeliveryResponses responses
    )
    {
        using var delivery = backpressure.Enter();
        if (!(await EventDelivery.ReadAsync(http.Request)).Succeeded(out var content, out var unreadable))
        {
            return responses.Refused(unreadable);
        }

        var received = await handler.HandleAsync(caller, content);
        return received.Succeeded(out var outcome, out var refusal)
            ? responses.From(outcome)
            : responses.Refused(refusal);
    }
}
