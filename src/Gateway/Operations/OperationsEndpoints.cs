using Integration.Adapters.Ports;
using Integration.Contracts;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Operations;

/// <summary>What operators see and do. Only clients of the kind ops.</summary>
internal static class OperationsEndpoints
{
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<MaintenanceCache>();
        services.AddSingleton<IAgencyMaintenance>(provider => provider.GetRequiredService<MaintenanceCache>());
        services.AddHostedService(provider => provider.GetRequiredService<MaintenanceCache>());
        services.AddSingleton<ChangeMaintenance>();
        services.AddSingleton<AgencyReadModel>();
        services.AddSingleton<TestStep>();
        services.AddSingleton<DiagnoseAgency>();
    }

    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        var agencies = endpoints.MapGroup("/v1/ops/agencies").WithTags("Operations").RequireCaller(CallerKind.Ops);
        agencies
            .MapGet("", (AgencyReadModel model) => Results.Json(model.Answer(), IntegrationJson.Options))
            .WithSummary("How the agencies are doing")
            .Produces<AgenciesResponse>();
        agencies
            .MapPut("/{agency}/maintenance", BeginAsync)
            .WithSummary("Takes an agency out of service")
            .Accepts<MaintenanceRequest>("application/json")
            .Produces<MaintenanceResponse>();
        agencies
            .MapDelete("/{agency}/maintenance", EndAsync)
            .WithSummary("Takes an agency back into service; answers the audit record's number")
            .Produces<MaintenanceEnded>();
        agencies
            .MapPost("/{agency}/diagnosis", DiagnoseAsync)
            .WithSummary(
                "Finds out why an agency cannot be reached, at last with a signed test question that names no person; at most 15 seconds and one attempt"
            )
            .Produces<DiagnosisResponse>();
    }

    private static async Task<IResult> BeginAsync(
        string agency,
        HttpContext http,
        CallerContext caller,
        AgencyReadModel agencies,
        ChangeMaintenance change,
        TimeProvider time
    )
    {
        if (!agencies.Knows(agency))
        {
            return Refusal.NotFound("This agency").ToProblem();
        }

        var read = await StrictJson.ReadAsync(
            http.Request,
            ApiJson.For<MaintenanceRequest>(),
            (body, faults) => MaintenanceOrder.Read(body, time.GetUtcNow(), faults)
        );
        if (!read.Succeeded(out var order, out var notValid))
        {
            return notValid.ToProblem();
        }

        var begun = await change.BeginAsync(caller.Caller, agency, order.Value, http.RequestAborted);
        return begun.Match(answer => Results.Json(answer, IntegrationJson.Options));
    }

    private static async Task<IResult> EndAsync(
        string agency,
        CallerContext caller,
        ChangeMaintenance change,
        CancellationToken cancellationToken
    )
    {
        var ended = await change.EndAsync(caller.Caller, agency, cancellationToken);
        return ended.Match(auditId =>
            Results.Json(new MaintenanceEnded { Agency = agency, AuditId = auditId }, IntegrationJson.Options)
        );
    }

    private static async Task<IResult> DiagnoseAsync(
        string agency,
        HttpContext http,
        CallerContext caller,
        IdempotentEndpoint once,
        DiagnoseAgency diagnose
    )
    {
        var answer = await once.RunAsync(
            http,
            caller,
            () => Task.FromResult(KindPermission.Check(caller, CallerKind.Ops)),
            async (_, _) => StoredResponse.Ok(await diagnose.RunAsync(caller.Caller, agency, http.RequestAborted))
        );
        return answer.Match(kept => kept.ToResult());
    }
}
