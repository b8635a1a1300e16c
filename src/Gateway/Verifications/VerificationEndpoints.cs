using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Asking;
using Integration.Gateway.Verifications.Recording;

namespace Integration.Gateway.Verifications;

/// <summary>Flow 1, first half: what the agencies say about a party.</summary>
internal static class VerificationEndpoints
{
    public static void AddVerifications(this IServiceCollection services)
    {
        services
            .AddOptions<VerificationOptions>()
            .BindConfiguration(VerificationOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<AgencySources>();
        services.AddSingleton<AskAgencies>();
        services.AddSingleton<VerificationStore>();
        services.AddSingleton<VerifyHandler>();
    }

    public static void MapVerifications(this IEndpointRouteBuilder endpoints)
    {
        endpoints
            .MapPost("/v1/verifications", Verify)
            .WithTags("Verifications")
            .WithSummary("Asks the agencies about a party")
            .Accepts<VerificationRequest>("application/json")
            .Produces<VerificationAnswer>();
        endpoints
            .MapGet("/v1/verifications/{verificationId}", Show)
            .WithTags("Verifications")
            .WithSummary("An earlier verification of the same caller")
            .Produces<VerificationAnswer>();
    }

    private static async Task<IResult> Verify(
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        PolicyBook policies,
        VerifyHandler handler,
        TimeProvider time
    )
    {
        var now = time.GetUtcNow();
        var answer = await once.Run<VerificationRequest, VerifyCommand, GrantedRequest>(
            http,
            caller,
            (body, faults) => VerifyCommand.Read(body, http.Request, policies.InForce(now), now, faults),
            command => Task.FromResult(handler.Check(caller, command)),
            (granted, command, ticket) => handler.Handle(caller, granted, command, ticket)
        );
        return answer.Match(kept => kept.ToResult());
    }

    private static async Task<IResult> Show(
        string verificationId,
        CallerContext caller,
        VerificationStore store,
        CancellationToken cancellationToken
    ) =>
        await store.Find(verificationId, caller.Caller, cancellationToken) is { } answer
            ? new KeptAnswer(StatusCodes.Status200OK, answer).ToResult()
            : Refusal.NotFound("This verification").ToProblem();
}
