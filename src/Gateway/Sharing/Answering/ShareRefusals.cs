using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Forwarding;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>What a caller is told when there is no answer.</summary>
internal static class ShareRefusals
{
    public static Refusal From(ShareCall call, Received.Failed failed)
    {
        var refusal = AgencyProblem.From(call.Operation.Agency.Name, failed.Reason, call.Operation.Entry.Repeatable);
        return failed.RetryAfter is { } wait ? refusal with { RetryAfter = wait } : refusal;
    }

    /// <summary>What came of it could not be put on record, after the agency may have done what was asked.</summary>
    public static Refusal NotOnRecord(ShareCall call, Refusal refusal) =>
        call.Operation.Entry.Repeatable || call.Attempts == 0
            ? refusal
            : refusal with
            {
                Detail =
                    "The agency was asked and may have done what was asked, but without evidence its answer is not handed on. Look there before it is sent again.",
                Retry = RetryAdvice.Unsafe,
            };

    /// <summary>The answer is larger than what is kept for a repetition; nothing of it has left.</summary>
    public static Refusal TooLargeToKeep { get; } =
        new(
            StatusCodes.Status400BadRequest,
            ProblemCodes.RequestInvalid,
            "The answer is too large to be kept for a repetition.",
            "Nothing of it was handed on. Send the request again without Idempotency-Key.",
            "caller",
            RetryAdvice.Never
        );
}
