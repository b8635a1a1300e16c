using Integration.Contracts;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events;

/// <summary>What operators see and do about events. Only clients of the kind ops.</summary>
internal static class EventOperationsEndpoints
{
    public static void MapEventOperations(this IEndpointRouteBuilder endpoints)
    {
        var events = endpoints.MapGroup("/v1/ops/events").WithTags("Operations").RequireCaller(CallerKind.Ops);
        events
            .MapGet("/dead-letters", ListAsync)
            .WithSummary("Events that could not be processed; the look goes on record")
            .WithDescription("after: receipt of the last one already read. At most 100, the oldest first.")
            .Produces<DeadLettersResponse>();
        events
            .MapPost("/{receiptId}/release", ReleaseAsync)
            .WithSummary("Has an event processed again that could not be processed")
            .Accepts<ReleaseRequest>("application/json")
            .Produces<EventReleased>();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        CallerContext caller,
        DeadLetters letters,
        CancellationToken cancellationToken
    )
    {
        var listed = await letters.ListAsync(caller.Caller, http.Request.Query["after"].ToString(), cancellationToken);
        return listed.Match(answer => Results.Json(answer, IntegrationJson.Options));
    }

    private static async Task<IResult> ReleaseAsync(
        string receiptId,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        DeadLetters letters
    )
    {
        var answer = await once.RunAsync<ReleaseRequest, ReleaseOrder, KindPermission>(
            http,
            caller,
            ReleaseOrder.Read,
            _ => Task.FromResult(KindPermission.Check(caller, CallerKind.Ops)),
            async (_, order, _) =>
                StoredResponse.Ok(await letters.ReleaseAsync(caller.Caller, receiptId, order, http.RequestAborted))
        );
        return answer.Match(kept => kept.ToResult());
    }
}
