using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Callers;
using Integration.Gateway.Events.Acceptance;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Operations;
using Integration.Gateway.Events.Processing;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Signatures;

namespace Integration.Gateway.Events;

/// <summary>Flow 2: enterprise-opening events.</summary>
internal static class EventEndpoints
{
    public static void AddEvents(this IServiceCollection services)
    {
        services
            .AddOptions<EventOptions>()
            .BindConfiguration(EventOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<EventSources>();
        services.AddSigners(provider => provider.GetRequiredService<EventSources>().Signers);
        services.AddSingleton<EventReader>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<EventMetrics>();
        services.AddSingleton<ConflictAlert>();
        services.AddSingleton<ReceiveEvent>();
        services.AddSingleton<ReadApplicationOfEvent>();
        services.AddSingleton<RecordResult>();
        services.AddSingleton<DeliveryAnswers>();
        services.AddSingleton<EventFiles>();
        services.AddSingleton<ActOnEvent>();
        services.AddEventProcessing();
        services.AddEventOperations();
    }

    public static void MapEvents(this IEndpointRouteBuilder endpoints)
    {
        var events = endpoints.MapGroup("/v1/events").WithTags("Events");
        events
            .MapPost("", Receive)
            .WithSummary("Hands an event in; from the receipt on it cannot be lost")
            .Accepts<EventInput>(EventDelivery.Structured, EventDelivery.Batch, EventDelivery.Attached)
            .Produces<EventReceipt>(StatusCodes.Status202Accepted);
        events.MapGet("/{receiptId}", Show).WithSummary("What became of an event").Produces<EventAnswer>();
        endpoints.MapEventOperations();
    }

    private static async Task<IResult> Show(
        string receiptId,
        CallerContext caller,
        EventFiles files,
        CancellationToken cancellationToken
    ) =>
        await files.Find(receiptId, caller.Caller, cancellationToken) is { } answer
            ? Results.Json(answer, IntegrationJson.Options)
            : Refusal.NotFound("This receipt").ToProblem();

    private static async Task<IResult> Receive(
        HttpContext http,
        CallerContext caller,
        ReceiveEvent handler,
        DeliveryAnswers answers
    )
    {
        if (!(await EventDelivery.Read(http.Request)).Succeeded(out var delivery, out var unreadable))
        {
            return answers.Refused(unreadable);
        }

        var received = await handler.Handle(caller, delivery);
        return received.Succeeded(out var outcome, out var refusal) ? answers.Of(outcome) : answers.Refused(refusal);
    }
}
