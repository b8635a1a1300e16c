using Integration.Contracts;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.JointApplications.Dispatch;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications;

/// <summary>What providers do: push statuses, or log in and pull. Each client touches only the legs that its own grants name.</summary>
internal static class UtilityEndpoints
{
    public static void MapUtilities(this IEndpointRouteBuilder endpoints)
    {
        var utilities = endpoints.MapGroup("/v1/utilities/{utility}").WithTags("Utilities");
        utilities
            .MapPost("/statuses", ReportAsync)
            .WithSummary("Reports a status of a leg")
            .Accepts<LegStatusReport>("application/json")
            .Produces<LegStatusResponse>();
        utilities
            .MapGet("/work-list", ShowAsync)
            .WithSummary("What waits for a provider that pulls")
            .Produces<WorkListResponse>();
        utilities
            .MapPost("/work-list/{legId}/taken", TakeAsync)
            .WithSummary("Takes an item off the work list")
            .Produces<LegStatusResponse>();
    }

    private static async Task<IResult> ReportAsync(
        string utility,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        StatusReceiver statuses,
        TimeProvider time
    )
    {
        if (!OwnLegs.Check(caller, utility, time.GetUtcNow()).Succeeded(out var own, out var refused))
        {
            return refused.ToProblem(); // before the body: a stranger is not told what is wrong with it
        }

        var answer = await once.RunAsync<LegStatusReport, PushedStatus, ReportableLeg>(
            http,
            caller,
            (body, faults) => StatusReader.Read(body, time.GetUtcNow(), faults),
            pushed => statuses.CheckAsync(own, pushed.LegId),
            async (leg, pushed, _) => StoredResponse.Ok(await statuses.ReceiveAsync(leg, pushed))
        );
        return answer.Match(kept => kept.ToResult());
    }

    private static async Task<IResult> ShowAsync(
        string utility,
        CallerContext caller,
        WorkList list,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (!OwnLegs.Check(caller, utility, time.GetUtcNow()).Succeeded(out var own, out var refused))
        {
            return refused.ToProblem();
        }

        var shown = await list.ShowAsync(own, cancellationToken);
        return shown.Match(answer => Results.Json(answer, IntegrationJson.Options));
    }

    private static async Task<IResult> TakeAsync(
        string utility,
        string legId,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        StatusReceiver statuses,
        WorkList list,
        TimeProvider time
    )
    {
        if (!OwnLegs.Check(caller, utility, time.GetUtcNow()).Succeeded(out var own, out var refused))
        {
            return refused.ToProblem();
        }

        var answer = await once.RunAsync(
            http,
            caller,
            () =>
                LegId.TryParse(legId, out var known)
                    ? statuses.CheckTakingAsync(own, known)
                    : Task.FromResult<Result<ReportableLeg>>(ReportableLeg.Absent),
            async (leg, _) => StoredResponse.Ok(await list.TakeAsync(leg))
        );
        return answer.Match(kept => kept.ToResult());
    }
}
