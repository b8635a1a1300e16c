using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Callers;
using Integration.Gateway.Events.Acceptance;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Processing;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events;

/// <summary>Flow 2: enterprise-opening events.</summary>
internal static class EventEndpoints
{
    private const string Structured = "application/cloudevents+json";

    public static void AddEvents(this IServiceCollection services)
    {
        services
            .AddOptions<EventOptions>()
            .BindConfiguration(EventOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<EventSources>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<EventSignal>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<ReceiveEvent>();
        services.AddSingleton<ReadApplicationOfEvent>();
        services.AddSingleton<RecordResult>();
        services.AddSingleton<ActOnEvent>();
        services.AddSingleton<ProcessEvent>();
        services.AddHostedService<EventWorker>();
    }

    public static void MapEvents(this IEndpointRouteBuilder endpoints)
    {
        var events = endpoints.MapGroup("/v1/events").WithTags("Events");
        events
            .MapPost("", Receive)
            .WithSummary("Hands an event in; from the receipt on it cannot be lost")
            .Accepts<EventInput>(Structured)
            .Produces<EventReceipt>(StatusCodes.Status202Accepted);
        events.MapGet("/{receiptId}", Show).WithSummary("What became of an event").Produces<EventAnswer>();
    }

    private static async Task<IResult> Show(
        string receiptId,
        CallerContext caller,
        Inbox inbox,
        CancellationToken cancellationToken
    ) =>
        await inbox.Find(receiptId, caller.Caller, cancellationToken) is { } answer
            ? Results.Json(answer, IntegrationJson.Options)
            : Refusal.NotFound("This receipt").ToProblem();

    private static async Task<IResult> Receive(HttpContext http, CallerContext caller, ReceiveEvent handler)
    {
        if (!RequestBytes.IsPlain(http.Request, Structured))
        {
            return Refusal.UnsupportedMediaType.ToProblem();
        }

        if (await RequestBytes.Read(http.Request, StrictJson.DefaultMaxBytes) is not { } body)
        {
            return Refusal.BodyTooLarge(StrictJson.DefaultMaxBytes).ToProblem();
        }

        var signature = new byte[http.Request.Headers["Content-Signature"].ToString().Length];
        if (
            !Convert.TryFromBase64String(
                http.Request.Headers["Content-Signature"].ToString(),
                signature,
                out var length
            )
        )
        {
            return Refusal.SignatureInvalid("Rule header: Content-Signature is not Base64.").ToProblem();
        }

        var answer = await handler.Detached(caller, body, signature[..length]);
        return answer.Match(receipt =>
            Results.Json(receipt, IntegrationJson.Options, statusCode: StatusCodes.Status202Accepted)
        );
    }
}
