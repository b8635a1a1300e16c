using System.Text.Json.Nodes;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Reading;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications;

/// <summary>Flow 1, second half: applications for a service.</summary>
internal static class ApplicationEndpoints
{
    public static void AddApplications(this IServiceCollection services)
    {
        services.AddSingleton<AskGrid>();
        services.AddSingleton<ApplicationStore>();
        services.AddSingleton<ConcludeApplication>();
        services.AddSingleton<ApplyHandler>();
        services.AddSingleton<ChangeApplication>();
        services.AddSingleton<StandingGrant>();
        services.AddTimerHandler<RecheckHandler>();
        services.AddSingleton<ICaseHistory, ApplicationHistory>();
    }

    public static void MapApplications(this IEndpointRouteBuilder endpoints)
    {
        var applications = endpoints.MapGroup("/v1/applications").WithTags("Applications");
        applications
            .MapPost("", Apply)
            .WithSummary("Applies for a service")
            .Accepts<ApplicationRequest>("application/json")
            .Produces<ApplicationAnswer>(StatusCodes.Status201Created);
        applications
            .MapGet("/{applicationId}", Show)
            .WithSummary("Where an application stands")
            .Produces<ApplicationAnswer>();
        applications
            .MapPost("/{applicationId}/materials", HandInMaterial)
            .WithSummary("Hands a missing paper in")
            .Accepts<MaterialRequest>("application/json")
            .Produces<ApplicationAnswer>();
        applications
            .MapPost("/{applicationId}/commitments", Commit)
            .WithSummary("Promises a missing paper")
            .Accepts<CommitmentRequest>("application/json")
            .Produces<ApplicationAnswer>();
        applications
            .MapPost("/{applicationId}/withdraw", Withdraw)
            .WithSummary("Takes an application back")
            .Accepts<WithdrawRequest>("application/json")
            .Produces<ApplicationAnswer>();
    }

    private static async Task<IResult> Apply(
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        PolicyBook policies,
        ApplyHandler handler,
        TimeProvider time
    )
    {
        var now = time.GetUtcNow();
        var answer = await once.Run<ApplicationRequest, ApplyCommand, GrantedRequest>(
            http,
            caller,
            (body, faults) => ApplyCommand.Read(body, http.Request, policies.InForce(now), now, faults),
            command => Task.FromResult(handler.Check(caller, command)),
            (_, command, ticket) => handler.Handle(caller, command, ticket)
        );
        return answer.Match(kept => Created(http, kept));
    }

    private static async Task<IResult> Show(
        string applicationId,
        CallerContext caller,
        ApplicationStore store,
        CancellationToken cancellationToken
    ) =>
        await store.Find(applicationId, caller.Caller, cancellationToken) is { Answer: var answer }
            ? new KeptAnswer(StatusCodes.Status200OK, answer).ToResult()
            : Refusal.NotFound("This application").ToProblem();

    private static Task<IResult> HandInMaterial(
        string applicationId,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ChangeApplication handler
    ) => Change<MaterialRequest>(applicationId, http, caller, once, handler, ActReader.Read);

    private static Task<IResult> Commit(
        string applicationId,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ChangeApplication handler,
        TimeProvider time
    ) =>
        Change<CommitmentRequest>(
            applicationId,
            http,
            caller,
            once,
            handler,
            (body, faults) => ActReader.Read(body, time.GetUtcNow(), faults)
        );

    private static Task<IResult> Withdraw(
        string applicationId,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ChangeApplication handler
    ) => Change<WithdrawRequest>(applicationId, http, caller, once, handler, ActReader.Read);

    private static async Task<IResult> Change<TBody>(
        string applicationId,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ChangeApplication handler,
        Func<TBody, FaultList, ApplicationAct?> understand
    )
        where TBody : class
    {
        var answer = await once.Run(
            http,
            caller,
            understand,
            _ => handler.Check(caller, applicationId),
            (_, act, ticket) => handler.Handle(caller, applicationId, act, ticket)
        );
        return answer.Match(kept => kept.ToResult());
    }

    /// <summary>A repeated request gets the same address, so it comes from the answer that was kept.</summary>
    private static IResult Created(HttpContext http, KeptAnswer kept)
    {
        http.Response.Headers.Location = $"/v1/applications/{JsonNode.Parse(kept.Body)!["applicationId"]}";
        return kept.ToResult();
    }
}
