using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Answering;
using Integration.Gateway.JointApplications.Changing;
using Integration.Gateway.JointApplications.HandingOver;
using Integration.Gateway.JointApplications.Opening;
using Integration.Gateway.JointApplications.Places;
using Integration.Gateway.JointApplications.Proofs;
using Integration.Gateway.JointApplications.Statuses;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.JointApplications.Timing;
using Integration.Gateway.JointApplications.Together;
using Integration.Gateway.JointApplications.Working;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Reading;

namespace Integration.Gateway.JointApplications;

/// <summary>Flow 3: joint applications for water, electricity, gas, network and television.</summary>
internal static class JointEndpoints
{
    public static void AddJointApplications(this IServiceCollection services)
    {
        services.AddSingleton<JointConsequences>();
        services.AddSingleton<JointPlaces>();
        services.AddSingleton<JointBook>();
        services.AddSingleton<JointAnswers>();
        services.AddSingleton<OpenJoint>();
        services.AddSingleton<ChangeJoint>();
        services.AddSingleton<ShowJoint>();
        services.AddSingleton<AskProofs>();
        services.AddSingleton<LegHandover>();
        services.AddSingleton<Providers>();
        services.AddSingleton<ReceiveStatuses>();
        services.AddSingleton<FoundStatuses>();
        services.AddSingleton<WorkListPage>();
        services.AddSingleton<WorkList>();
        services.AddTimerHandler<AdvanceLeg>();
        services.AddTimerHandler<JointWatch>();
        services.AddTimerHandler<AskingTimer>();
        services.AddSingleton<ICaseHistory, JointHistory>();
    }

    public static void MapJointApplications(this IEndpointRouteBuilder endpoints)
    {
        var joint = endpoints.MapGroup("/v1/joint-applications").WithTags("Joint applications");
        joint
            .MapPost("", Open)
            .WithSummary("Applies for several utilities in one form")
            .Accepts<JointApplicationRequest>("application/json")
            .Produces<JointApplicationAnswer>(StatusCodes.Status201Created);
        joint
            .MapGet("/{id}", Show)
            .WithSummary("A joint application and where its legs stand")
            .Produces<JointApplicationAnswer>();
        joint
            .MapPost("/{id}/withdraw", Withdraw)
            .WithSummary("Takes every leg back")
            .Accepts<WithdrawRequest>("application/json")
            .Produces<JointApplicationAnswer>();
        joint
            .MapPost("/{id}/legs/{utility}/withdraw", WithdrawLeg)
            .WithSummary("Takes one leg back")
            .Accepts<WithdrawRequest>("application/json")
            .Produces<JointApplicationAnswer>();
        joint
            .MapPost("/{id}/legs/{utility}/resend", Resend)
            .WithSummary("Fills the gaps of one leg and sends it again")
            .Accepts<LegResendRequest>("application/json")
            .Produces<JointApplicationAnswer>();
        joint
            .MapPost("/{id}/surveys", ProposeSurvey)
            .WithSummary("Proposes one visit for all utilities")
            .Accepts<SurveyRequest>("application/json")
            .Produces<JointApplicationAnswer>();
        joint
            .MapPost("/{id}/permits", ReportPermit)
            .WithSummary("Puts a permit on record")
            .Accepts<PermitRequest>("application/json")
            .Produces<JointApplicationAnswer>();
        joint
            .MapPost("/{id}/legs/{utility}/problems/{number:int}/close", CloseProblem)
            .WithSummary("Closes a problem of one leg out")
            .Accepts<ProblemCloseRequest>("application/json")
            .Produces<JointApplicationAnswer>();
        endpoints.MapUtilities();
    }

    private static async Task<IResult> Open(
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        PolicyBook policies,
        OpenJoint handler,
        TimeProvider time
    )
    {
        var now = time.GetUtcNow();
        var answer = await once.Run<JointApplicationRequest, OpenCommand, GrantedRequest>(
            http,
            caller,
            (body, faults) => OpenCommand.Read(body, http.Request, policies.InForce(now), now, faults),
            command => Task.FromResult(handler.Check(caller, command)),
            (_, command, ticket) => handler.Handle(caller, command, ticket)
        );
        return answer.Match(kept =>
        {
            http.Response.Headers.Location =
                $"/v1/joint-applications/{JsonNode.Parse(kept.Body)!["jointApplicationId"]}";
            return kept.ToResult();
        });
    }

    private static async Task<IResult> Show(
        string id,
        CallerContext caller,
        ShowJoint show,
        CancellationToken cancellationToken
    ) =>
        (await show.Handle(caller, id, cancellationToken)).Match(answer =>
            Results.Json(answer, IntegrationJson.Options)
        );

    private static Task<IResult> Withdraw(
        string id,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ChangeJoint handler
    ) =>
        Act<WithdrawRequest, string>(
            http,
            caller,
            once,
            ReadReason,
            () => handler.Check(caller, id),
            (_, ticket) => handler.Withdraw(caller, id, ticket)
        );

    private static async Task<IResult> WithdrawLeg(
        string id,
        string utility,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ChangeJoint handler
    ) =>
        JsonNames.Find<Utility>(utility) is { } known
            ? await Act<WithdrawRequest, string>(
                http,
                caller,
                once,
                ReadReason,
                () => handler.Check(caller, id),
                (_, ticket) => handler.Withdraw(caller, id, known, ticket)
            )
            : Refusal.NotFound("This leg").ToProblem();

    private static async Task<IResult> Resend(
        string id,
        string utility,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ChangeJoint handler,
        TimeProvider time
    ) =>
        JsonNames.Find<Utility>(utility) is { } known
            ? await Act<LegResendRequest, ResendCommand>(
                http,
                caller,
                once,
                (body, faults) => ResendCommand.Read(body, known, time.GetUtcNow(), faults),
                () => handler.Check(caller, id),
                (command, ticket) => handler.Resend(caller, id, known, command, ticket)
            )
            : Refusal.NotFound("This leg").ToProblem();

    private static Task<IResult> ProposeSurvey(
        string id,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ChangeJoint handler,
        TimeProvider time
    ) =>
        Act<SurveyRequest, SurveyCommand>(
            http,
            caller,
            once,
            (body, faults) => SurveyCommand.Read(body, time.GetUtcNow(), faults),
            () => handler.Check(caller, id),
            (slot, ticket) => handler.Propose(caller, id, slot, ticket)
        );

    private static Task<IResult> ReportPermit(
        string id,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ChangeJoint handler
    ) =>
        Act<PermitRequest, PermitCommand>(
            http,
            caller,
            once,
            PermitCommand.Read,
            () => handler.Check(caller, id),
            (permit, ticket) => handler.Report(caller, id, permit, ticket)
        );

    private static async Task<IResult> CloseProblem(
        string id,
        string utility,
        int number,
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        ChangeJoint handler
    ) =>
        JsonNames.Find<Utility>(utility) is { } known
            ? await Act<ProblemCloseRequest, string>(
                http,
                caller,
                once,
                (body, faults) => CaseFields.IsReference(body.Reference, "/reference", faults) ? body.Reference : null,
                () => handler.Check(caller, id),
                (reference, ticket) => handler.CloseOut(caller, id, known, number, reference, ticket)
            )
            : Refusal.NotFound("This leg").ToProblem();

    private static async Task<IResult> Act<TBody, TCommand>(
        HttpContext http,
        CallerContext caller,
        PostOnce once,
        Func<TBody, FaultList, TCommand?> understand,
        Func<Task<Result<GrantedRequest>>> judge,
        Func<TCommand, IdempotencyTicket, Task<Result<KeptAnswer>>> handle
    )
        where TBody : class
        where TCommand : class
    {
        var answer = await once.Run(
            http,
            caller,
            understand,
            _ => judge(),
            (_, command, ticket) => handle(command, ticket)
        );
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
