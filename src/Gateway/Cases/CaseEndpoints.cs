using System.Text;
using Integration.Contracts;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Cases;

/// <summary>Cases and clocks (docs/spec/cases.md).</summary>
internal static class CaseEndpoints
{
    private const string WhoseCase = "caller: whose case, when several callers use the number.";

    public static void MapCases(this IEndpointRouteBuilder endpoints)
    {
        var cases = endpoints.MapGroup("/v1/cases").WithTags("Cases");
        cases
            .MapGet("/{caseId}", Show)
            .WithSummary("One case over all flows")
            .WithDescription(WhoseCase)
            .Produces<CaseAnswer>();
        cases
            .MapPost("/{caseId}/milestones", Reach)
            .WithSummary("Reports that a step of the work was reached, now")
            .WithDescription(WhoseCase)
            .Accepts<MilestoneRequest>("application/json")
            .Produces<CaseAnswer>(StatusCodes.Status201Created);
        cases
            .MapPost("/{caseId}/stops", BeginStop)
            .WithSummary("Stops a clock from now on")
            .WithDescription(WhoseCase)
            .Accepts<StopRequest>("application/json")
            .Produces<StopAnswer>(StatusCodes.Status201Created);
        cases
            .MapDelete("/{caseId}/stops/{stopId}", EndStop)
            .WithSummary("Ends a stop now; the history keeps it")
            .WithDescription(WhoseCase)
            .Produces<StopAnswer>();
        endpoints
            .MapGet("/v1/limits/report", Report)
            .WithTags("Cases")
            .WithSummary("How the limits were kept by the cases accepted in a period")
            .WithDescription(
                "from, to: first and last day of acceptance, YYYY-MM-DD, at most 366 days. serviceType: one service. Operators see all cases, others their own."
            )
            .Produces<LimitsReport>();
    }

    private static async Task<IResult> Show(
        string caseId,
        HttpContext http,
        CallerContext caller,
        ShowCase show,
        CancellationToken cancellationToken
    ) =>
        (await show.Handle(caller, NameOf(caseId, http), cancellationToken)).Succeeded(out var answer, out var refusal)
            ? Results.Json(answer, IntegrationJson.Options)
            : refusal.ToProblem();

    private static Task<IResult> Reach(
        string caseId,
        HttpContext http,
        CallerContext caller,
        IdempotentRequests requests,
        ReportOnCase report
    ) =>
        Once<MilestoneRequest, string>(
            http,
            caller,
            requests,
            CaseBodies.Milestone,
            (milestone, ticket) =>
                report.Handle(
                    caller,
                    NameOf(caseId, http),
                    (file, actor) => CaseMilestones.Reach(file, milestone, actor),
                    (change, actor) => ReportOnCase.Created(CaseAnswers.AfterReport(change, actor)),
                    ticket
                )
        );

    private static Task<IResult> BeginStop(
        string caseId,
        HttpContext http,
        CallerContext caller,
        IdempotentRequests requests,
        ReportOnCase report
    ) =>
        Once<StopRequest, AskedStop>(
            http,
            caller,
            requests,
            CaseBodies.Stop,
            (asked, ticket) =>
                report.Handle(
                    caller,
                    NameOf(caseId, http),
                    (file, actor) => CaseStops.Begin(file, asked, actor),
                    (change, actor) => ReportOnCase.Created(CaseAnswers.Of(CaseStops.Newest(change, actor))),
                    ticket
                )
        );

    private static async Task<IResult> EndStop(
        string caseId,
        string stopId,
        HttpContext http,
        CallerContext caller,
        ReportOnCase report
    )
    {
        var answer = await report.Handle(
            caller,
            NameOf(caseId, http),
            (file, actor) => CaseStops.End(file, stopId, actor),
            (change, _) => ReportOnCase.Ok(CaseAnswers.Of(CaseStops.Find(change.File, stopId)!.Value.Stop)),
            IdempotencyTicket.None
        );
        return ToResult(answer);
    }

    private static async Task<IResult> Report(
        HttpContext http,
        CallerContext caller,
        ReportLimits report,
        CancellationToken cancellationToken
    )
    {
        var faults = new FaultList();
        return ReportPeriod.Read(http.Request.Query, faults) is { } period
            ? Results.Json(await report.Handle(caller.Caller, period, cancellationToken), IntegrationJson.Options)
            : Refusal.RequestInvalid(faults.ToList()).ToProblem();
    }

    private static CaseName NameOf(string caseId, HttpContext http) =>
        new(caseId, http.Request.Query["caller"].ToString() is { Length: > 0 } owner ? owner : null);

    /// <summary>The body strictly read, then once for each idempotency key.</summary>
    private static async Task<IResult> Once<TBody, TCommand>(
        HttpContext http,
        CallerContext caller,
        IdempotentRequests requests,
        Func<TBody, FaultList, TCommand?> understand,
        Func<TCommand, IdempotencyTicket, Task<Result<KeptAnswer>>> handle
    )
        where TBody : class
        where TCommand : class
    {
        var read = await StrictJson.Read(http.Request, ApiJson.Of<TBody>(), understand);
        if (!read.Succeeded(out var body, out var notValid))
        {
            return notValid.ToProblem();
        }

        var key = http.Request.Headers[IdempotentRequests.HeaderName];
        var answer = await requests.Run(
            caller.Caller.Id,
            key.Count == 0 ? null : key.ToString(),
            $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}",
            Encoding.ASCII.GetBytes(body.Sha256),
            ticket => handle(body.Value, ticket),
            http.RequestAborted
        );
        return ToResult(answer);
    }

    private static IResult ToResult(Result<KeptAnswer> answer) =>
        answer.Succeeded(out var kept, out var refusal)
            ? Results.Text(kept.Body, "application/json; charset=utf-8", kept.Status)
            : refusal.ToProblem();
}
