using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Forwarding;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>What a caller is told when there is no answer.</summary>
internal static class ShareRefusals
{
    public static Refusal Of(ShareCall call, Received.Failed failed)
    {
        var refusal = AgencyProblem.Of(call.Operation.Agency.Name, failed.Reason, call.Operation.Entry.Repeatable);
        return failed.RetryAfter is { } wait ? refusal with { RetryAfter = wait } : refusal;
    }

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
