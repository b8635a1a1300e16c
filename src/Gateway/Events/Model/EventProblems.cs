using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Model;

/// <summary>What only a sender of events is told.</summary>
internal static class EventProblems
{
    /// <summary>Another event came under a source and id that are taken for ever.</summary>
    public static Refusal Conflict { get; } =
        new(
            StatusCodes.Status409Conflict,
            ProblemCodes.EventConflict,
            "Another event has this source and id.",
            "The first event stands and operators are told. Send a different event under an id of its own.",
            "caller",
            RetryAdvice.Never
        );

    /// <summary>All faults of an event whose signature holds.</summary>
    public static Refusal Invalid(IReadOnlyList<FieldFault> faults) =>
        new(
            StatusCodes.Status422UnprocessableEntity,
            ProblemCodes.EventInvalid,
            "The event cannot be understood.",
            "Nothing was stored. Mend every fault listed in errors, sign it and send it again.",
            "caller",
            RetryAdvice.Never
        )
        {
            Errors = faults,
        };

    /// <summary>A time limit cannot be computed; nothing is promised without one.</summary>
    public static Refusal ClockDataMissing(string note) =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            ProblemCodes.ClockDataMissing,
            "The calendar of a year is missing.",
            $"{note} Nothing was acknowledged. The gateway's operators load the year; send it again after the time in Retry-After.",
            "gateway",
            RetryAdvice.Safe
        )
        {
            RetryAfter = TimeSpan.FromMinutes(10),
        };
}
