using System.Globalization;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Platform.Idempotency;

/// <summary>What a caller is told of its <c>Idempotency-Key</c>.</summary>
internal static class IdempotencyRefusals
{
    public static Refusal InProgress { get; } =
        new(
            StatusCodes.Status409Conflict,
            ProblemCodes.IdempotencyInProgress,
            "The first request with this idempotency key is still running.",
            "Wait a moment and send it again with the same Idempotency-Key.",
            "caller",
            RetryAdvice.Safe
        )
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    public static Refusal BadKey { get; } =
        Refusal.RequestInvalid([
            new FieldFault(
                $"header:{IdempotentRequests.HeaderName}",
                "format",
                "1 to 128 visible ASCII characters are needed."
            ),
        ]);

    /// <summary>The kept answer was given under wider grants.</summary>
    /// <param name="names">What is not granted any more: services and fields, never data.</param>
    public static Refusal Narrowed(IEnumerable<string> names) =>
        Refusal.NotGranted(
            $"Rule fields: the answer kept for this Idempotency-Key rests on what is not granted now: {string.Join(", ", names.Order(StringComparer.Ordinal))}."
        );

    /// <summary>It was done at an agency, and only that is known any more.</summary>
    public static Refusal AnswerGone { get; } =
        Refusal.StateConflict(
            "This was done with the same Idempotency-Key before; its answer is not kept any more, and it is not done twice. Look at its evidence and at the agency; use a new key for a new request."
        );

    /// <summary>As many answers are kept for the caller as may be.</summary>
    public static Refusal NoRoom(int most) =>
        new(
            StatusCodes.Status429TooManyRequests,
            ProblemCodes.QuotaExhausted,
            "Too many answers are kept for you.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{most} answers are kept for your Idempotency-Keys, which is as many as may be. Nothing was done; keys used before still get their answers. Send it again after the time in Retry-After, when older answers have run out; ask the gateway's operators if the limit is too low."
            ),
            "caller",
            RetryAdvice.Safe
        )
        {
            RetryAfter = TimeSpan.FromMinutes(10),
        };
}
