using Integration.Contracts;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Events.Acceptance;
using Integration.Gateway.Events.CatchUp;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Operations;
using Integration.Gateway.Events.Processing;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Signatures;

namespace Integration.Gateway.Events;

/// <summary>Flow 2: events of enterprises that open and of properties that go over.</summary>
internal static class EventEndpoints
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddIntake();
        services.AddSingleton<ReadApplicationOfEvent>();
        services.AddSingleton<RecordResult>();
        services.AddSingleton<ActOnEvent>();
        services.AddSingleton<OpenTransfer>();
        services.AddEventProcessing();
        services.AddEventCatchUp();
        services.AddEventOperations();
        services.AddSingleton<ICaseHistory, EventCaseHistory>();
    }

    public static void MapEvents(this IEndpointRouteBuilder endpoints)
    {
        var events = endpoints.MapGroup("/v1/events").WithTags("Events");
        events
            .MapPost("", Receive)
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
            .MapGet("/{receiptId}", Show)
            .WithSummary("What became of an event")
            .WithDescription(
                "cursor: next of an earlier answer, for the page of the history before it; without it the newest 100 entries."
            )
            .Produces<EventAnswer>();
        events
            .MapGet("/{receiptId}/receipt", ShowReceipt)
            .WithSummary("The receipt of an event as CMS, the same bytes for everybody")
            .Produces<byte[]>(StatusCodes.Status200OK, CmsReceipts.MediaType);
        endpoints.MapEventOperations();
    }

    private static async Task<IResult> Show(
        string receiptId,
        HttpContext http,
        CallerContext caller,
        EventFiles files,
        CancellationToken cancellationToken
    )
    {
        if (!TimelineQuery.Read(http.Request.Query).Succeeded(out var page, out var notValid))
        {
            return notValid.ToProblem();
        }

        return await files.Find(receiptId, caller.Caller, page.Before, cancellationToken) is { } answer
            ? Results.Json(answer, IntegrationJson.Options)
            : Refusal.NotFound("This receipt").ToProblem();
    }

    private static async Task<IResult> ShowReceipt(
        string receiptId,
        CallerContext caller,
        EventFiles files,
        CancellationToken cancellationToken
    ) =>
        await files.FindReceipt(receiptId, caller.Caller, cancellationToken) is { } receipt
            ? Results.Bytes(receipt, $"{CmsReceipts.MediaType}; smime-type=signed-data")
            : Refusal.NotFound("This receipt").ToProblem();

    private static async Task<IResult> Receive(
        HttpContext http,
        CallerContext caller,
        ReceiveEvent handler,
        IntakeRush rush,
        DeliveryAnswers answers
    )
    {
        using var delivery = rush.Enter();
        if (!(await EventDelivery.Read(http.Request)).Succeeded(out var content, out var unreadable))
        {
            return answers.Refused(unreadable);
        }

        var received = await handler.Handle(caller, content);
        return received.Succeeded(out var outcome, out var refusal) ? answers.Of(outcome) : answers.Refused(refusal);
    }
}
