using Integration.Contracts;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases.Intake;
using Integration.Gateway.Cases.Model;
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
            .MapGet("/{caseId}", ShowAsync)
            .WithSummary("One case over all flows")
            .WithDescription(
                $"{WhoseCase} cursor: next of an earlier answer, for the page of the timeline before it; without it the newest 1,000 entries."
            )
            .Produces<CaseResponse>();
        cases
            .MapPost("/{caseId}/milestones", ReachAsync)
            .WithSummary("Reports that a step of the work was reached, now")
            .WithDescription(WhoseCase)
            .Accepts<MilestoneRequest>("application/json")
            .Produces<CaseResponse>(StatusCodes.Status201Created);
        cases
            .MapPost("/{caseId}/stops", BeginStopAsync)
            .WithSummary("Stops a clock from now on")
            .WithDescription(WhoseCase)
            .Accepts<StopRequest>("application/json")
            .Produces<StopResponse>(StatusCodes.Status201Created);
        cases
            .MapDelete("/{caseId}/stops/{stopId}", EndStopAsync)
            .WithSummary("Ends a stop now; the history keeps it")
            .WithDescription(WhoseCase)
            .Produces<StopResponse>();
        endpoints
            .MapGet("/v1/limits/report", ReportAsync)
            .WithTags("Cases")
            .WithSummary("How the limits were kept by the cases accepted in a period")
            .WithDescription(
                "from, to: first and last day of acceptance, YYYY-MM-DD, at most 366 days. serviceType: one service. Operators see all cases, others their own."
            )
            .Produces<LimitsReport>();
    }

    private static async Task<IResult> ShowAsync(
        string caseId,
        HttpContext http,
        CallerContext caller,
        CaseQuery show,
        CancellationToken cancellationToken
    )
    {
        if (!TimelineQuery.Read(http.Request.Query).Succeeded(out var page, out var notValid))
        {
            return notValid.ToProblem();
        }

        var shown = await show.HandleAsync(caller, NameOf(caseId, http), page.Before, cancellationToken);
        return shown.Match(response => Results.Json(response, IntegrationJson.Options));
    }

    private static async Task<IResult> ReachAsync(
        string caseId,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        CaseHandlers handlers
    )
    {
        var name = NameOf(caseId, http);
        var response = await once.RunAsync<MilestoneRequest, string, FoundCase>(
            http,
            caller,
            CaseReportReader.Milestone,
            _ => handlers.CheckAsync(caller, name),
            (granted, milestone, ticket) =>
                handlers.HandleAsync(
                    caller,
                    granted,
                    (found, actor) => CaseMilestones.Reach(found, milestone, actor),
                    (change, actor) => CaseHandlers.Created(CaseResponses.AfterReport(change, actor)),
                    ticket
                )
        );
        return response.Match(kept => kept.ToResult());
    }

    private static async Task<IResult> BeginStopAsync(
        string caseId,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        CaseHandlers handlers
    )
    {
        var name = NameOf(caseId, http);
        var response = await once.RunAsync<StopRequest, AskedStop, FoundCase>(
            http,
            caller,
            CaseReportReader.Stop,
            _ => handlers.CheckAsync(caller, name),
            (granted, asked, ticket) =>
                handlers.HandleAsync(
                    caller,
                    granted,
                    (found, actor) => CaseStops.Begin(found, asked, actor),
                    (change, actor) => CaseHandlers.Created(CaseResponses.From(CaseStops.Newest(change, actor))),
                    ticket
                )
        );
        return response.Match(kept => kept.ToResult());
    }

    private static async Task<IResult> EndStopAsync(
        string caseId,
        string stopId,
        HttpContext http,
        CallerContext caller,
        CaseHandlers handlers
    )
    {
        if (!(await handlers.CheckAsync(caller, NameOf(caseId, http))).Succeeded(out var granted, out var notGranted))
        {
            return notGranted.ToProblem();
        }

        var response = await handlers.HandleAsync(
            caller,
            granted,
            (found, actor) => CaseStops.End(found, stopId, actor),
            (change, _) => CaseHandlers.Ok(CaseResponses.From(CaseStops.Find(change.File, stopId)!.Value.Stop)),
            IdempotencyTicket.None
        );
        return response.Match(kept => kept.ToResult());
    }

    private static async Task<IResult> ReportAsync(
        HttpContext http,
        CallerContext caller,
        LimitReport report,
        CancellationToken cancellationToken
    )
    {
        var faults = new FaultList();
        return ReportPeriod.Read(http.Request.Query, faults) is { } period
            ? Results.Json(await report.HandleAsync(caller.Caller, period, cancellationToken), IntegrationJson.Options)
            : Refusal.RequestInvalid(faults.ToList()).ToProblem();
    }

    private static CaseName NameOf(string caseId, HttpContext http) =>
        new(caseId, http.Request.Query["caller"].ToString() is { Length: > 0 } owner ? owner : null);
}
