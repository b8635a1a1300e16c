using Integration.Contracts;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Operations;

/// <summary>What operators see and do about events. Only clients of the kind ops.</summary>
internal static class EventOperationsEndpoints
{
    public static void AddEventOperations(this IServiceCollection services) => services.AddSingleton<DeadLetters>();

    public static void MapEventOperations(this IEndpointRouteBuilder endpoints)
    {
        var events = endpoints.MapGroup("/v1/ops/events").WithTags("Operations").RequireCaller(CallerKind.Ops);
        events
            .MapGet("/dead-letters", List)
            .WithSummary("Events that could not be processed; the look goes on record")
            .Produces<DeadLettersAnswer>();
        events
            .MapPost("/{receiptId}/release", Release)
            .WithSummary("Has an event processed again that could not be processed")
            .Accepts<ReleaseRequest>("application/json")
            .Produces<EventReleased>();
    }

    private static async Task<IResult> List(
        CallerContext caller,
        DeadLetters letters,
        CancellationToken cancellationToken
    )
    {
        var listed = await letters.List(caller.Caller, cancellationToken);
        return listed.Match(answer => Results.Json(answer, IntegrationJson.Options));
    }

    private static async Task<IResult> Release(
        string receiptId,
        HttpContext http,
        CallerContext caller,
        DeadLetters letters
    )
    {
        var read = await StrictJson.Read(http.Request, ApiJson.Of<ReleaseRequest>(), ReleaseOrder.Read);
        if (!read.Succeeded(out var order, out var notValid))
        {
            return notValid.ToProblem();
        }

        var released = await letters.Release(caller.Caller, receiptId, order.Value, http.RequestAborted);
        return released.Match(answer => Results.Json(answer, IntegrationJson.Options));
    }
}
