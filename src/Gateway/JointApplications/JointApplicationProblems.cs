using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications;

/// <summary>What only joint applications refuse.</summary>
internal static class JointApplicationProblems
{
    /// <summary>The same is applied for already, through the same caller.</summary>
    /// <param name="openId">Number of the one that is open.</param>
    public static Refusal AlreadyOpen(string openId) =>
        new(
            StatusCodes.Status409Conflict,
            ProblemCodes.AlreadyOpen,
            "It is open already.",
            $"This applicant has the open joint application {openId} of this kind at this place. Nothing was stored. Read that one; take it back, or send a leg of it again.",
            "caller",
            RetryAdvice.Never
        );

    /// <summary>The same is applied for already, through another caller, whose application is not named. For a proven applicant only.</summary>
    public static Refusal OpenElsewhere { get; } =
        new(
            StatusCodes.Status409Conflict,
            ProblemCodes.AlreadyOpen,
            "It is open already.",
            "This applicant has an open joint application of this kind at this place, taken by another office. Nothing was stored. Ask the applicant where it was handed in, or the service hotline; when that one has ended, send this one again.",
            "caller",
            RetryAdvice.Never
        );

    /// <summary>Another status came under a number that is taken for ever.</summary>
    public static Refusal StatusConflict { get; } =
        new(
            StatusCodes.Status409Conflict,
            ProblemCodes.StatusConflict,
            "Another status has this number.",
            "The first status stands. Send a different status under a number of its own.",
            "caller",
            RetryAdvice.Never
        );
}
