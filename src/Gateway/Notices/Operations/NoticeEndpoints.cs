using System.Globalization;
using Integration.Contracts;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Notices;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Notices.Operations;

/// <summary>Notices for operators. Only clients of the kind ops.</summary>
internal static class NoticeEndpoints
{
    private const int DefaultLimit = 50;
    private const int MostDeadLetters = 500;

    public static void MapNotices(this IEndpointRouteBuilder endpoints)
    {
        var notices = endpoints.MapGroup("/v1/ops/notices").WithTags("Operations").RequireCaller(CallerKind.Ops);
        notices
            .MapGet("", ShowAsync)
            .WithSummary("How the delivery of notices stands, and the dead letters")
            .WithDescription("after: number of the last dead letter already read. limit: 1 to 500, default 50.")
            .Produces<NoticesResponse>();
        notices
            .MapPost("/{noticeId}/replay", ReplayOneAsync)
            .WithSummary("Sends a notice again under its own number, delivered or not")
            .Produces<ReplayResponse>();
        notices
            .MapPost("/{noticeId}/dismiss", DismissAsync)
            .WithSummary("Lays a dead letter aside; it stays on record")
            .Produces<ReplayResponse>();
        notices
            .MapPost("/subscribers/{name}/replay", ReplayManyAsync)
            .WithSummary("Sends notices of a subscriber again: all of a time, or all of a case")
            .Accepts<ReplayRequest>("application/json")
            .Produces<ReplayResponse>();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        NoticeReadModel model,
        CancellationToken cancellationToken
    ) =>
        LimitOf(http.Request.Query["limit"].ToString()) is { } limit
            ? Results.Json(
                await model.AnswerAsync(http.Request.Query["after"].ToString(), limit, cancellationToken),
                IntegrationJson.Options
            )
            : Refusal
                .RequestInvalid([new FieldFault("query:limit", "range", "A number from 1 to 500 is needed.")])
                .ToProblem();

    private static Task<IResult> ReplayOneAsync(
        string noticeId,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        ReplayNotices replay
    ) => OnceAsync(http, caller, once, () => replay.OneAsync(caller.Caller, noticeId, http.RequestAborted));

    private static Task<IResult> DismissAsync(
        string noticeId,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        ReplayNotices replay
    ) => OnceAsync(http, caller, once, () => replay.DismissAsync(caller.Caller, noticeId, http.RequestAborted));

    private static async Task<IResult> ReplayManyAsync(
        string name,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        ReplayNotices replay
    )
    {
        var answer = await once.RunAsync<ReplayRequest, ReplayOrder, KindPermission>(
            http,
            caller,
            ReplayOrder.Read,
            _ => Task.FromResult(KindPermission.Check(caller, CallerKind.Ops)),
            async (_, order, _) =>
                StoredResponse.Ok(await replay.OfSubscriberAsync(caller.Caller, name, order, http.RequestAborted))
        );
        return answer.Match(kept => kept.ToResult());
    }

    private static async Task<IResult> OnceAsync(
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        Func<Task<Result<ReplayResponse>>> act
    )
    {
        var answer = await once.RunAsync(
            http,
            caller,
            () => Task.FromResult(KindPermission.Check(caller, CallerKind.Ops)),
            async (_, _) => StoredResponse.Ok(await act())
        );
        return answer.Match(kept => kept.ToResult());
    }

    private static int? LimitOf(string text)
    {
        if (text.Length == 0)
        {
            return DefaultLimit;
        }

        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= MostDeadLetters
            ? limit
            : null;
    }
}
