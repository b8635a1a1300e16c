using Integration.Contracts;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
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
            .WithDescription(
                $"{WhoseCase} cursor: next of an earlier answer, for the page of the timeline before it; without it the newest 1,000 entries."
            )
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
    )
    {
        if (!TimelineQuery.Read(http.Request.Query).Succeeded(out var page, out var notValid))
        {
            return notValid.ToProblem();
        }

        var shown = await show.Handle(caller, NameOf(caseId, http), page.Before, cancellationToken);
        return shown.Match(answer => Results.Json(answer, IntegrationJson.Options));
    }

    private static async Task<IResult> Reach(
        string caseId,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ReportOnCase report
    )
    {
        var name = NameOf(caseId, http);
        var answer = await once.Run<MilestoneRequest, string, FoundCase>(
            http,
            caller,
            CaseBodies.Milestone,
            _ => report.Check(caller, name),
            (_, milestone, ticket) =>
                report.Handle(
                    caller,
                    name,
                    (file, actor) => CaseMilestones.Reach(file, milestone, actor),
                    (change, actor) => ReportOnCase.Created(CaseAnswers.AfterReport(change, actor)),
                    ticket
                )
        );
        return answer.Match(kept => kept.ToResult());
    }

    private static async Task<IResult> BeginStop(
        string caseId,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ReportOnCase report
    )
    {
        var name = NameOf(caseId, http);
        var answer = await once.Run<StopRequest, AskedStop, FoundCase>(
            http,
            caller,
            CaseBodies.Stop,
            _ => report.Check(caller, name),
            (_, asked, ticket) =>
                report.Handle(
                    caller,
                    name,
                    (file, actor) => CaseStops.Begin(file, asked, actor),
                    (change, actor) => ReportOnCase.Created(CaseAnswers.Of(CaseStops.Newest(change, actor))),
                    ticket
                )
        );
        return answer.Match(kept => kept.ToResult());
    }

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
        return answer.Match(kept => kept.ToResult());
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
}
