using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.JointApplications;

/// <summary>Flow 3: joint applications for water, electricity, gas, network and television.</summary>
internal static class JointApplicationEndpoints
{
    public static void MapJointApplications(this IEndpointRouteBuilder endpoints)
    {
        var joint = endpoints.MapGroup("/v1/joint-applications").WithTags("Joint applications");
        joint
            .MapPost("", OpenAsync)
            .WithMetadata(new TakesWaitPreference())
            .WithSummary("Applies for several utilities in one form")
            .Accepts<JointApplicationRequest>("application/json")
            .Produces<JointApplicationResponse>(StatusCodes.Status201Created);
        joint
            .MapGet("/{id}", ShowAsync)
            .WithSummary("A joint application and where its legs stand")
            .Produces<JointApplicationResponse>();
        joint
            .MapPost("/{id}/withdraw", WithdrawAsync)
            .WithSummary("Takes every leg back")
            .Accepts<WithdrawRequest>("application/json")
            .Produces<JointApplicationResponse>();
        joint
            .MapPost("/{id}/legs/{utility}/withdraw", WithdrawLegAsync)
            .WithSummary("Takes one leg back")
            .Accepts<WithdrawRequest>("application/json")
            .Produces<JointApplicationResponse>();
        joint
            .MapPost("/{id}/legs/{utility}/resend", ResendAsync)
            .WithSummary("Fills the gaps of one leg and sends it again")
            .Accepts<LegResendRequest>("application/json")
            .Produces<JointApplicationResponse>();
        joint
            .MapPost("/{id}/surveys", ProposeSurveyAsync)
            .WithSummary("Proposes one visit for all utilities")
            .Accepts<SurveyRequest>("application/json")
            .Produces<JointApplicationResponse>();
        joint
            .MapPost("/{id}/permits", ReportPermitAsync)
            .WithSummary("Puts a permit on record")
            .Accepts<PermitRequest>("application/json")
            .Produces<JointApplicationResponse>();
        joint
            .MapPost("/{id}/legs/{utility}/problems/{number:int}/close", CloseProblemAsync)
            .WithSummary("Closes a problem of one leg out")
            .Accepts<ProblemCloseRequest>("application/json")
            .Produces<JointApplicationResponse>();
        endpoints.MapUtilities();
    }

    private static async Task<IResult> OpenAsync(
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        PolicyBook policies,
        OpenHandler handler,
        TimeProvider time
    )
    {
        var now = time.GetUtcNow();
        var answer = await once.RunAsync<JointApplicationRequest, OpenCommand, GrantedRequest>(
            http,
            caller,
            (body, faults) => OpenCommand.Read(body, http.Request, policies.InForce(now), now, faults),
            command => Task.FromResult(handler.Check(caller, command)),
            (_, command, ticket) => handler.HandleAsync(caller, command, ticket)
        );
        return answer.Match(kept =>
        {
            http.Response.Headers.Location =
                $"/v1/joint-applications/{JsonNode.Parse(kept.Body)!["jointApplicationId"]}";
            return kept.ToResult();
        });
    }

    private static async Task<IResult> ShowAsync(
        string id,
        CallerContext caller,
        JointApplicationQuery show,
        CancellationToken cancellationToken
    ) =>
        (await show.HandleAsync(caller, id, cancellationToken)).Match(answer =>
            Results.Json(answer, IntegrationJson.Options)
        );

    private static Task<IResult> WithdrawAsync(
        string id,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        JointApplicationHandlers handler
    ) =>
        ActAsync<WithdrawRequest, string>(
            http,
            caller,
            once,
            ReadReason,
            () => handler.CheckAsync(caller, id),
            (owned, _, ticket) => handler.WithdrawAsync(owned, ticket)
        );

    private static async Task<IResult> WithdrawLegAsync(
        string id,
        string utility,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        JointApplicationHandlers handler
    ) =>
        JsonNames.Find<Utility>(utility) is { } known
            ? await ActAsync<WithdrawRequest, string>(
                http,
                caller,
                once,
                ReadReason,
                () => handler.CheckAsync(caller, id),
                (owned, _, ticket) => handler.WithdrawAsync(owned, known, ticket)
            )
            : Refusal.NotFound("This leg").ToProblem();

    private static async Task<IResult> ResendAsync(
        string id,
        string utility,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        JointApplicationHandlers handler,
        TimeProvider time
    ) =>
        JsonNames.Find<Utility>(utility) is { } known
            ? await ActAsync<LegResendRequest, ResendCommand>(
                http,
                caller,
                once,
                (body, faults) => ResendReader.Read(body, known, time.GetUtcNow(), faults),
                () => handler.CheckAsync(caller, id),
                (owned, command, ticket) => handler.ResendAsync(caller, owned, known, command, ticket)
            )
            : Refusal.NotFound("This leg").ToProblem();

    private static Task<IResult> ProposeSurveyAsync(
        string id,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        JointApplicationHandlers handler,
        TimeProvider time
    ) =>
        ActAsync<SurveyRequest, SurveyCommand>(
            http,
            caller,
            once,
            (body, faults) => SurveyReader.Read(body, time.GetUtcNow(), faults),
            () => handler.CheckAsync(caller, id),
            (owned, slot, ticket) => handler.ProposeAsync(owned, slot, ticket)
        );

    private static Task<IResult> ReportPermitAsync(
        string id,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        JointApplicationHandlers handler
    ) =>
        ActAsync<PermitRequest, PermitCommand>(
            http,
            caller,
            once,
            PermitReader.Read,
            () => handler.CheckAsync(caller, id),
            (owned, permit, ticket) => handler.ReportAsync(owned, permit, ticket)
        );

    private static async Task<IResult> CloseProblemAsync(
        string id,
        string utility,
        int number,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        JointApplicationHandlers handler
    ) =>
        JsonNames.Find<Utility>(utility) is { } known
            ? await ActAsync<ProblemCloseRequest, string>(
                http,
                caller,
                once,
                (body, faults) => CaseFields.IsReference(body.Reference, "/reference", faults) ? body.Reference : null,
                () => handler.CheckAsync(caller, id),
                (owned, reference, ticket) => handler.CloseOutAsync(owned, known, number, reference, ticket)
            )
            : Refusal.NotFound("This leg").ToProblem();

    private static async Task<IResult> ActAsync<TBody, TCommand>(
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        Func<TBody, FaultList, TCommand?> understand,
        Func<Task<Result<OwnedJoint>>> judge,
        Func<OwnedJoint, TCommand, IdempotencyTicket, Task<Result<StoredResponse>>> handle
    )
        where TBody : class
        where TCommand : class
    {
        var answer = await once.RunAsync(http, caller, understand, _ => judge(), handle);
        return answer.Match(kept => kept.ToResult());
    }

    private static string? ReadReason(WithdrawRequest body, FaultList faults)
    {
        if (body.Reason is { Length: > 0 and <= 200 } reason)
        {
            return reason;
        }

        faults.Add("/reason", body.Reason is null ? "missing" : "length", "A reason has 1 to 200 characters.");
        return null;
    }
}
