using Integration.Contracts;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Cases;

/// <summary>Cases and clocks.</summary>
internal static class CaseEndpoints
{
    public static void MapCases(this IEndpointRouteBuilder endpoints)
    {
        var cases = endpoints.MapGroup("/v1/cases").WithTags("Cases");
        cases.MapGet("/{caseId}", Show).WithSummary("One case over all flows").Produces<CaseAnswer>();
    }

    private static async Task<IResult> Show(
        string caseId,
        CallerContext caller,
        CaseBook cases,
        CancellationToken cancellationToken
    ) =>
        await cases.Find(caller.Caller.Id, caseId, cancellationToken) is { } file
            ? Results.Json(AnswerOf(file), IntegrationJson.Options)
            : Refusal.NotFound("This case").ToProblem();

    private static CaseAnswer AnswerOf(CaseFile file) =>
        new()
        {
            CaseId = file.CaseId,
            State = file.State,
            ServiceType = file.ServiceType,
            OpenedAt = ChinaTime.In(file.OpenedAt),
            Clocks = [],
            Flags = file.Flags,
            Timeline = [],
        };
}
