using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Settings;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Intake;
using Integration.Gateway.Verifications.Queries;

namespace Integration.Gateway.Verifications;

/// <summary>Flow 1, first half: what the agencies say about a party.</summary>
internal static class VerificationEndpoints
{
    public static void AddVerifications(this IServiceCollection services)
    {
        services.AddStrictOptions<VerificationOptions>(VerificationOptions.Section);
        services.AddSingleton<AgencySources>();
        services.AddSingleton<AgencyQueries>();
        services.AddSingleton<VerificationStore>();
        services.AddSingleton<VerifyHandler>();
    }

    public static void MapVerifications(this IEndpointRouteBuilder endpoints)
    {
        endpoints
            .MapPost("/v1/verifications", VerifyAsync)
            .WithMetadata(new TakesWaitPreference())
            .WithTags("Verifications")
            .WithSummary("Asks the agencies about a party")
            .Accepts<VerificationRequest>("application/json")
            .Produces<VerificationResponse>();
        endpoints
            .MapGet("/v1/verifications/{verificationId}", ShowAsync)
            .WithTags("Verifications")
            .WithSummary("An earlier verification of the same caller")
            .Produces<VerificationResponse>();
    }

    private static async Task<IResult> VerifyAsync(
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        PolicyBook policies,
        VerifyHandler handler,
        TimeProvider time
    )
    {
        var now = time.GetUtcNow();
        var answer = await once.RunAsync<VerificationRequest, VerifyCommand, GrantedRequest>(
            http,
            caller,
            (body, faults) => VerifyCommand.Read(body, http.Request, policies.InForce(now), now, faults),
            command => Task.FromResult(handler.Check(caller, command)),
            (granted, command, ticket) => handler.HandleAsync(caller, granted, command, ticket)
        );
        return answer.Match(kept => kept.ToResult());
    }

    private static async Task<IResult> ShowAsync(
        string verificationId,
        CallerContext caller,
        VerificationStore store,
        CancellationToken cancellationToken
    ) =>
        await store.FindAsync(verificationId, caller.Caller, cancellationToken) is { } answer
            ? new StoredResponse(StatusCodes.Status200OK, answer).ToResult()
            : Refusal.NotFound("This verification").ToProblem();
}
