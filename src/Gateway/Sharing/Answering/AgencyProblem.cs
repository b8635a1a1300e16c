using Integration.Adapters.Ports;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>
/// What a caller is told when one agency was the answer and there is none. Whether the same request may be sent again follows
/// from one question: can the agency have done something?
/// </summary>
internal static class AgencyProblem
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_breakerTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_maintenance = TimeSpan.FromMinutes(1);

    /// <summary>The refusal for a failure at any stage.</summary>
    /// <param name="agency">The agency's name.</param>
    /// <param name="failure">Where the call ended.</param>
    /// <param name="idempotent">Whether doing it twice is the same as doing it once (a read).</param>
    /// <param name="retryAfter">When to ask again, where the gate knew it.</param>
    public static Refusal From(string agency, AgencyFailure failure, bool idempotent, TimeSpan? retryAfter = null)
    {
        var repeatable = idempotent ? RetryAdvice.Safe : RetryAdvice.Unsafe;
        var refusal = failure.Stage switch
        {
            FailureStage.Question => Incomplete(failure),
            FailureStage.Maintenance => Maintenance(agency, retryAfter ?? s_maintenance),
            FailureStage.Bulkhead => NotNow(agency, failure, retryAfter ?? s_soon),
            FailureStage.CircuitOpen => NotNow(agency, failure, retryAfter ?? s_breakerTime),
            FailureStage.Secret => NoAnswer(agency, failure, StatusCodes.Status502BadGateway, RetryAdvice.Safe),
            FailureStage.Connect => NoAnswer(agency, failure, StatusCodes.Status502BadGateway, RetryAdvice.Safe),
            FailureStage.Transfer => NoAnswer(agency, failure, StatusCodes.Status502BadGateway, repeatable),
            FailureStage.TimeOut => NoAnswer(
                agency,
                failure,
                StatusCodes.Status504GatewayTimeout,
                LateAdvice(failure, repeatable)
            ),
            FailureStage.Status => OfStatus(agency, failure, repeatable),
            FailureStage.Envelope when failure.IsTemporary => NoAnswer(
                agency,
                failure,
                StatusCodes.Status502BadGateway,
                repeatable
            ),
            FailureStage.Envelope => Refused(
                agency,
                failure,
                failure.Side == FailureSide.Gateway ? RetryAdvice.Never : repeatable
            ),
            FailureStage.Authorisation => Refused(agency, failure, RetryAdvice.Never),
            FailureStage.TooLarge => Unreadable(agency, failure, idempotent ? RetryAdvice.Never : RetryAdvice.Unsafe),
            FailureStage.Parse or FailureStage.Binding => Unreadable(agency, failure, repeatable),
            _ => throw new ArgumentOutOfRangeException(nameof(failure), failure.Stage, "A stage without a problem."),
        };
        return retryAfter is null ? refusal : refusal with { RetryAfter = retryAfter };
    }

    /// <summary>Our own deadline had passed: nothing was sent.</summary>
    private static RetryAdvice LateAdvice(AgencyFailure failure, RetryAdvice repeatable) =>
        failure.Side == FailureSide.Gateway ? RetryAdvice.Safe : repeatable;

    private static Refusal OfStatus(string agency, AgencyFailure failure, RetryAdvice repeatable) =>
        failure switch
        {
            { Code: "http-429" } => NotNow(agency, failure, s_breakerTime),
            { Code: "http-408" } => NoAnswer(agency, failure, StatusCodes.Status504GatewayTimeout, repeatable),
            { Side: FailureSide.Gateway } => Refused(agency, failure, RetryAdvice.Never),
            _ => NoAnswer(agency, failure, StatusCodes.Status502BadGateway, repeatable),
        };

    private static Refusal Incomplete(AgencyFailure failure) =>
        Refusal.RequestInvalid([
            new FieldFault(string.Empty, "missing", $"The agency needs more than the request holds ({failure.Code})."),
        ]);

    private static Refusal Maintenance(string agency, TimeSpan retryAfter) =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            ProblemCodes.AgencyMaintenance,
            "The agency is out of service.",
            "Operators of the gateway have taken the agency out of service; nothing was sent to it. Send it again after the time in Retry-After.",
            Party(agency),
            RetryAdvice.Safe
        )
        {
            RetryAfter = retryAfter,
        };

    /// <summary>Not sent, or turned away unseen: it may be sent again.</summary>
    private static Refusal NotNow(string agency, AgencyFailure failure, TimeSpan retryAfter) =>
        Unavailable(
            agency,
            StatusCodes.Status503ServiceUnavailable,
            $"The agency did nothing ({Where(failure)}). Send it again after the time in Retry-After.",
            RetryAdvice.Safe
        ) with
        {
            RetryAfter = retryAfter,
        };

    private static Refusal NoAnswer(string agency, AgencyFailure failure, int status, RetryAdvice retry) =>
        Unavailable(
            agency,
            status,
            retry == RetryAdvice.Safe
                ? $"There is no answer of the agency ({Where(failure)}). It may be sent again."
                : $"There is no answer of the agency ({Where(failure)}), but it may have done what was asked: look there before it is sent again.",
            retry
        );

    private static Refusal Unavailable(string agency, int status, string detail, RetryAdvice retry) =>
        new(status, ProblemCodes.AgencyUnavailable, "The agency does not answer.", detail, Party(agency), retry);

    private static Refusal Refused(string agency, AgencyFailure failure, RetryAdvice retry) =>
        new(
            StatusCodes.Status502BadGateway,
            ProblemCodes.AgencyRefused,
            "The agency refused.",
            retry == RetryAdvice.Never
                ? $"The agency does not do this for us ({Where(failure)}). Tell the gateway's operators; sending it again will not help."
                : $"The agency says that the call failed on its side ({Where(failure)}).",
            Party(agency),
            retry
        );

    private static Refusal Unreadable(string agency, AgencyFailure failure, RetryAdvice retry) =>
        new(
            StatusCodes.Status502BadGateway,
            ProblemCodes.AnswerUnreadable,
            "The agency's answer cannot be read.",
            $"The agency answered, but not as agreed ({Where(failure)}): nothing of it is handed on. Tell the gateway's operators if it stays so.",
            Party(agency),
            retry
        );

    private static string Party(string agency) => $"agency:{agency}";

    /// <summary>Stage, side and code: each from a bounded set, none says anything about a person.</summary>
    private static string Where(AgencyFailure failure) =>
        $"stage {Name(failure.Stage)}, side {Name(failure.Side)}, code {failure.Code}";

    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
