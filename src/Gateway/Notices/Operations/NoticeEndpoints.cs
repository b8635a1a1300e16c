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
            .MapGet("", Show)
            .WithSummary("How the delivery of notices stands, and the dead letters")
            .WithDescription("after: number of the last dead letter already read. limit: 1 to 500, default 50.")
            .Produces<NoticesAnswer>();
        notices
            .MapPost("/{noticeId}/replay", ReplayOne)
            .WithSummary("Sends a notice again under its own number, delivered or not")
            .Produces<ReplayAnswer>();
        notices
            .MapPost("/{noticeId}/dismiss", Dismiss)
            .WithSummary("Lays a dead letter aside; it stays on record")
            .Produces<ReplayAnswer>();
        notices
            .MapPost("/subscribers/{name}/replay", ReplayMany)
            .WithSummary("Sends notices of a subscriber again: all of a time, or all of a case")
            .Accepts<ReplayRequest>("application/json")
            .Produces<ReplayAnswer>();
    }

    private static async Task<IResult> Show(
        HttpContext http,
        NoticeReadModel model,
        CancellationToken cancellationToken
    ) =>
        LimitOf(http.Request.Query["limit"].ToString()) is { } limit
            ? Results.Json(
                await model.Answer(http.Request.Query["after"].ToString(), limit, cancellationToken),
                IntegrationJson.Options
            )
            : Refusal
                .RequestInvalid([new FieldFault("query:limit", "range", "A number from 1 to 500 is needed.")])
                .ToProblem();

    private static Task<IResult> ReplayOne(
        string noticeId,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ReplayNotices replay
    ) => Once(http, caller, once, () => replay.One(caller.Caller, noticeId, http.RequestAborted));

    private static Task<IResult> Dismiss(
        string noticeId,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ReplayNotices replay
    ) => Once(http, caller, once, () => replay.Dismiss(caller.Caller, noticeId, http.RequestAborted));

    private static async Task<IResult> ReplayMany(
        string name,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ReplayNotices replay
    )
    {
        var answer = await once.Run<ReplayRequest, ReplayOrder, KindPermission>(
            http,
            caller,
            ReplayOrder.Read,
            _ => Task.FromResult(KindPermission.Check(caller, CallerKind.Ops)),
            async (_, order, _) =>
                KeptAnswer.Ok(await replay.OfSubscriber(caller.Caller, name, order, http.RequestAborted))
        );
        return answer.Match(kept => kept.ToResult());
    }

    private static async Task<IResult> Once(
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        Func<Task<Result<ReplayAnswer>>> act
    )
    {
        var answer = await once.Run(
            http,
            caller,
            () => Task.FromResult(KindPermission.Check(caller, CallerKind.Ops)),
            async (_, _) => KeptAnswer.Ok(await act())
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
