using System.Text.Json.Nodes;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Deadlines;
using Integration.Gateway.Applications.Intake;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications;

/// <summary>Flow 1, second half: applications for a service.</summary>
internal static class ApplicationEndpoints
{
    public static void AddApplications(this IServiceCollection services)
    {
        services.AddSingleton<GridQuery>();
        services.AddSingleton<ApplicationStore>();
        services.AddSingleton<DecisionRecorder>();
        services.AddSingleton<ApplyHandler>();
        services.AddSingleton<ApplicationHandlers>();
        services.AddSingleton<StandingGrant>();
        services.AddTimerHandler<RecheckTimer>();
        services.AddSingleton<ICaseHistory, ApplicationHistory>();
    }

    public static void MapApplications(this IEndpointRouteBuilder endpoints)
    {
        var applications = endpoints.MapGroup("/v1/applications").WithTags("Applications");
        applications
            .MapPost("", ApplyAsync)
            .WithMetadata(new TakesWaitPreference())
            .WithSummary("Applies for a service")
            .Accepts<ApplicationRequest>("application/json")
            .Produces<ApplicationResponse>(StatusCodes.Status201Created);
        applications
            .MapGet("/{applicationId}", ShowAsync)
            .WithSummary("Where an application stands")
            .Produces<ApplicationResponse>();
        applications
            .MapPost("/{applicationId}/materials", HandInMaterialAsync)
            .WithSummary("Hands a missing paper in")
            .Accepts<MaterialRequest>("application/json")
            .Produces<ApplicationResponse>();
        applications
            .MapPost("/{applicationId}/commitments", CommitAsync)
            .WithSummary("Promises a missing paper")
            .Accepts<CommitmentRequest>("application/json")
            .Produces<ApplicationResponse>();
        applications
            .MapPost("/{applicationId}/withdraw", WithdrawAsync)
            .WithSummary("Takes an application back")
            .Accepts<WithdrawRequest>("application/json")
            .Produces<ApplicationResponse>();
    }

    private static async Task<IResult> ApplyAsync(
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        PolicyBook policies,
        ApplyHandler handler,
        TimeProvider time
    )
    {
        var now = time.GetUtcNow();
        var response = await once.RunAsync<ApplicationRequest, ApplyCommand, GrantedRequest>(
            http,
            caller,
            (body, faults) => ApplyCommand.Read(body, http.Request, policies.InForce(now), now, faults),
            command => Task.FromResult(handler.Check(caller, command)),
            (_, command, ticket) => handler.HandleAsync(caller, command, ticket)
        );
        return response.Match(kept => Created(http, kept));
    }

    private static async Task<IResult> ShowAsync(
        string applicationId,
        CallerContext caller,
        ApplicationStore store,
        CancellationToken cancellationToken
    ) =>
        await store.FindAsync(applicationId, caller.Caller, cancellationToken) is { Answer: var answer }
            ? new StoredResponse(StatusCodes.Status200OK, answer).ToResult()
            : ApplicationProblems.NotFound.ToProblem();

    private static Task<IResult> HandInMaterialAsync(
        string applicationId,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        ApplicationHandlers handler
    ) => ChangeAsync<MaterialRequest>(applicationId, http, caller, once, handler, ApplicationActReader.Read);

    private static Task<IResult> CommitAsync(
        string applicationId,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        ApplicationHandlers handler,
        TimeProvider time
    ) =>
        ChangeAsync<CommitmentRequest>(
            applicationId,
            http,
            caller,
            once,
            handler,
            (body, faults) => ApplicationActReader.Read(body, time.GetUtcNow(), faults)
        );

    private static Task<IResult> WithdrawAsync(
        string applicationId,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        ApplicationHandlers handler
    ) => ChangeAsync<WithdrawRequest>(applicationId, http, caller, once, handler, ApplicationActReader.Read);

    private static async Task<IResult> ChangeAsync<TBody>(
        string applicationId,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        ApplicationHandlers handler,
        Func<TBody, FaultList, ApplicationAct?> understand
    )
        where TBody : class
    {
        var response = await once.RunAsync(
            http,
            caller,
            understand,
            _ => handler.CheckAsync(caller, applicationId),
            (granted, act, ticket) => handler.HandleAsync(caller, granted, act, ticket)
        );
        return response.Match(kept => kept.ToResult());
    }

    /// <summary>A repeated request gets the same address, so it comes from the answer that was kept.</summary>
    private static IResult Created(HttpContext http, StoredResponse kept)
    {
        http.Response.Headers.Location = $"/v1/applications/{JsonNode.Parse(kept.Body)!["applicationId"]}";
        return kept.ToResult();
    }
}
