using Integration.Contracts;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.JointApplications.Statuses;
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
            .MapPost("/statuses", Report)
            .WithSummary("Reports a status of a leg")
            .Accepts<LegStatusReport>("application/json")
            .Produces<LegStatusAnswer>();
        utilities
            .MapGet("/work-list", Show)
            .WithSummary("What waits for a provider that pulls")
            .Produces<WorkListAnswer>();
        utilities
            .MapPost("/work-list/{legId}/taken", Take)
            .WithSummary("Takes an item off the work list")
            .Produces<LegStatusAnswer>();
    }

    private static async Task<IResult> Report(
        string utility,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ReceiveStatuses statuses,
        TimeProvider time
    )
    {
        if (!OwnLegs.Check(caller, utility, time.GetUtcNow()).Succeeded(out var own, out var refused))
        {
            return refused.ToProblem(); // before the body: a stranger is not told what is wrong with it
        }

        var answer = await once.Run<LegStatusReport, PushedStatus, ReportableLeg>(
            http,
            caller,
            (body, faults) => StatusReader.Read(body, time.GetUtcNow(), faults),
            pushed => statuses.Check(own, pushed.LegId),
            async (leg, pushed, _) => KeptAnswer.Ok(await statuses.Receive(leg, pushed))
        );
        return answer.Match(kept => kept.ToResult());
    }

    private static async Task<IResult> Show(
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

        var shown = await list.Show(own, cancellationToken);
        return shown.Match(answer => Results.Json(answer, IntegrationJson.Options));
    }

    private static async Task<IResult> Take(
        string utility,
        string legId,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ReceiveStatuses statuses,
        WorkList list,
        TimeProvider time
    )
    {
        if (!OwnLegs.Check(caller, utility, time.GetUtcNow()).Succeeded(out var own, out var refused))
        {
            return refused.ToProblem();
        }

        var answer = await once.Run(
            http,
            caller,
            () => statuses.CheckTaking(own, legId),
            async (leg, _) => KeptAnswer.Ok(await list.Take(leg))
        );
        return answer.Match(kept => kept.ToResult());
    }
}
