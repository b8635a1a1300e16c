using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.HandingOver;
using Integration.Gateway.JointApplications.Statuses;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Verifications;
using Integration.Gateway.Verifications.Recording;

namespace Integration.Gateway.JointApplications;

/// <summary>What providers do: push statuses, or log in and pull. Each touches its own legs only.</summary>
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
        if (!Own(utility, caller, time.GetUtcNow()).Succeeded(out var own, out var refused))
        {
            return refused.ToProblem();
        }

        var answer = await once.Run<LegStatusReport, PushedStatus>(
            http,
            caller,
            (body, faults) => StatusReader.Read(body, time.GetUtcNow(), faults),
            async (pushed, _) =>
                IsOwn(pushed.LegId, own.Utility)
                    ? Kept(await statuses.Receive(pushed.LegId, pushed.Status, pushed.Raw))
                    : s_notOwn
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
        if (!Own(utility, caller, time.GetUtcNow()).Succeeded(out var own, out var refused))
        {
            return refused.ToProblem();
        }

        var shown = await list.Show(own.Utility, cancellationToken);
        return shown.Match(answer => Results.Json(answer, IntegrationJson.Options));
    }

    private static async Task<IResult> Take(
        string utility,
        string legId,
        CallerContext caller,
        WorkList list,
        TimeProvider time
    )
    {
        if (!Own(utility, caller, time.GetUtcNow()).Succeeded(out var own, out var refused))
        {
            return refused.ToProblem();
        }

        if (!IsOwn(legId, own.Utility))
        {
            return s_notOwn.ToProblem();
        }

        var taken = await list.Take(own.Utility, legId);
        return taken.Match(answer => Results.Json(answer, IntegrationJson.Options));
    }

    /// <summary>A client speaks for one utility, under a grant for legs; for any other it has no business here.</summary>
    private static Result<OwnUtility> Own(string utility, CallerContext caller, DateTimeOffset now)
    {
        if (caller.Caller.Utility != utility || JsonNames.Find<Utility>(utility) is not { } known)
        {
            return s_notOwn;
        }

        var mayHave =
            new Receivers(caller.Callers, Purposes.JointNew, now).AllowanceOf(known) is not null
            || new Receivers(caller.Callers, Purposes.JointTransfer, now).AllowanceOf(known) is not null;
        return mayHave ? new OwnUtility(known) : Refusal.NotGranted("Rule service: no grant names legs.");
    }

    private static bool IsOwn(string legId, Utility utility) => LegIds.Parse(legId) is not var (_, of) || of == utility;

    private static Result<KeptAnswer> Kept(Result<LegStatusAnswer> received) =>
        received.Succeeded(out var answer, out var refusal)
            ? new KeptAnswer(
                StatusCodes.Status200OK,
                JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Of<LegStatusAnswer>())
            )
            : refusal;

    private static readonly Refusal s_notOwn = Refusal.NotGranted("Rule utility: it is not your own.");

    private sealed record OwnUtility(Utility Utility);
}
