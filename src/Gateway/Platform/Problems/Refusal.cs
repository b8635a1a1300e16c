using Integration.Contracts.Problems;

namespace Integration.Gateway.Platform.Problems;

/// <summary>An expected failure: what the caller is told. Holds no personal data.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Detail">What happened here and what to do next.</param>
/// <param name="Party">Who failed: caller, gateway or agency:name.</param>
/// <param name="Retry">Whether the same request may be sent again.</param>
internal sealed record Refusal(int Status, string Code, string Title, string Detail, string Party, RetryAdvice Retry)
{
    /// <summary>All faults of a bad request.</summary>
    public IReadOnlyList<FieldFault>? Errors { get; init; }

    /// <summary>The OAuth 2.0 error, in answers of the token endpoint.</summary>
    public string? OAuthError { get; init; }

    /// <summary>Sent as <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Another request was faster: what was read is read and judged again.</summary>
    public bool IsConcurrencyConflict { get; private init; }

    /// <summary>The database or the evidence cannot be reached now; no request could be answered.</summary>
    public bool IsOutage { get; private init; }

    public static Refusal RequestInvalid(IReadOnlyList<FieldFault> faults) =>
        new(
            StatusCodes.Status400BadRequest,
            ProblemCodes.RequestInvalid,
            "The request is not valid.",
            "Nothing was stored. Mend every fault listed in errors and send it again.",
            "caller",
            RetryAdvice.Never
        )
        {
            Errors = faults,
        };

    public static Refusal NotGranted(string rule) =>
        new(
            StatusCodes.Status403Forbidden,
            ProblemCodes.NotGranted,
            "No grant allows this.",
            $"{rule} Ask the gateway's operators for a grant; sending it again will not help.",
            "caller",
            RetryAdvice.Never
        );

    /// <summary>An act on what the caller may see and does not own; no grant would help.</summary>
    public static Refusal NotOwner { get; } =
        new(
            StatusCodes.Status403Forbidden,
            ProblemCodes.NotGranted,
            "No grant allows this.",
            "Rule owner: only the client that opened it may act on it. Ask that client; sending it again will not help.",
            "caller",
            RetryAdvice.Never
        );

    public static Refusal NotFound(string what) =>
        new(
            StatusCodes.Status404NotFound,
            ProblemCodes.NotFound,
            "There is no such resource.",
            $"{what} does not exist, or belongs to another caller.",
            "caller",
            RetryAdvice.Never
        );

    /// <summary>HTTP itself was not respected, so there is no body to point into.</summary>
    public static Refusal Malformed(int status) =>
        new(
            status,
            ProblemCodes.RequestInvalid,
            "The request is not valid HTTP.",
            "The message was refused before it was understood, and nothing was stored. Mend the client and send it again.",
            "caller",
            RetryAdvice.Never
        );

    public static Refusal BodyTooLarge(long? limit = null) =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            ProblemCodes.BodyTooLarge,
            "The body is too large.",
            limit is null
                ? "Nothing was stored; send less."
                : $"A body may have {limit} bytes at most. Nothing was stored; send less.",
            "caller",
            RetryAdvice.Never
        );

    public static Refusal UnsupportedMediaType { get; } =
        new(
            StatusCodes.Status415UnsupportedMediaType,
            ProblemCodes.UnsupportedMediaType,
            "The content type is not the documented one.",
            "Send application/json in UTF-8, not compressed. Nothing was stored.",
            "caller",
            RetryAdvice.Never
        );

    public static Refusal Unauthenticated { get; } =
        new(
            StatusCodes.Status401Unauthorized,
            ProblemCodes.Unauthenticated,
            "The caller is not known.",
            "Send a valid access token from /oauth/token, or a registered client certificate.",
            "caller",
            RetryAdvice.Never
        );

    public static Refusal MethodNotAllowed { get; } =
        new(
            StatusCodes.Status405MethodNotAllowed,
            ProblemCodes.MethodNotAllowed,
            "The resource has no such method.",
            "The header Allow lists the methods it has.",
            "caller",
            RetryAdvice.Never
        );

    public static Refusal TooManyRequests { get; } =
        new(
            StatusCodes.Status429TooManyRequests,
            ProblemCodes.TooManyRequests,
            "Too many requests.",
            "Nothing was done. Send it again after the time in Retry-After.",
            "caller",
            RetryAdvice.Safe
        )
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    /// <summary>A caller's own limit is met.</summary>
    /// <param name="limit">Which, as the caller knows it, e.g. "200 requests a second".</param>
    /// <param name="retryAfter">When there is room again.</param>
    public static Refusal OverLimit(string limit, TimeSpan retryAfter) =>
        TooManyRequests with
        {
            Detail =
                $"You may send {limit}. Nothing was done. Send it again after the time in Retry-After; ask the gateway's operators if the limit is too low.",
            RetryAfter = retryAfter,
        };

    /// <summary>A caller's day is used up.</summary>
    /// <param name="perDay">Its number.</param>
    /// <param name="retryAfter">Until the next day begins (midnight UTC+8).</param>
    public static Refusal QuotaExhausted(long perDay, TimeSpan retryAfter) =>
        new(
            StatusCodes.Status429TooManyRequests,
            ProblemCodes.QuotaExhausted,
            "The day's requests are used up.",
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"You may send {perDay} requests a day. Nothing was done. The next day begins after the time in Retry-After (midnight UTC+8); ask the gateway's operators if the limit is too low."
            ),
            "caller",
            RetryAdvice.Safe
        )
        {
            RetryAfter = retryAfter,
        };

    /// <summary>More requests at once than the gateway takes, of all callers together.</summary>
    public static Refusal Overloaded { get; } =
        new(
            StatusCodes.Status503ServiceUnavailable,
            ProblemCodes.Overloaded,
            "The gateway has more to do than it takes on.",
            "Nothing was done. Send it again after the time in Retry-After; live requests go before batches.",
            "gateway",
            RetryAdvice.Safe
        )
        {
            RetryAfter = TimeSpan.FromSeconds(2),
        };

    public static Refusal InternalError { get; } =
        new(
            StatusCodes.Status500InternalServerError,
            ProblemCodes.InternalError,
            "The gateway failed.",
            "This is a bug of the gateway, not of the request. Quote the traceId to its operators; send it again only with the same Idempotency-Key.",
            "gateway",
            RetryAdvice.Unsafe
        );

    public static Refusal Unavailable { get; } =
        new(
            StatusCodes.Status503ServiceUnavailable,
            ProblemCodes.Unavailable,
            "The gateway cannot work now.",
            "Nothing was acknowledged. Send it again with the same Idempotency-Key after the time in Retry-After.",
            "gateway",
            RetryAdvice.Safe
        )
        {
            RetryAfter = TimeSpan.FromSeconds(5),
            IsOutage = true,
        };

    public static Refusal StateConflict(string detail) =>
        new(
            StatusCodes.Status409Conflict,
            ProblemCodes.StateConflict,
            "The resource does not allow this now.",
            detail,
            "caller",
            RetryAdvice.Never
        );

    /// <summary>
    /// Rows met a unique key or a concurrency token that another request moved first; nothing was stored. A step that can read
    /// again and decide does so (<c>ConcurrencyRetry</c>).
    /// </summary>
    public static Refusal ConcurrencyConflict { get; } =
        StateConflict("It was changed by another request at the same moment. Read it again.") with
        {
            Retry = RetryAdvice.Safe,
            IsConcurrencyConflict = true,
        };

    /// <summary>The same for a step that must not be judged again, because what another request did may have been the same act.</summary>
    public static Refusal ChangedMeanwhile { get; } = ConcurrencyConflict with { IsConcurrencyConflict = false };

    /// <summary>A signature that does not hold; nothing behind it was looked at.</summary>
    /// <param name="rule">The rule that refuses it, and what to mend.</param>
    public static Refusal SignatureInvalid(string rule) =>
        new(
            StatusCodes.Status401Unauthorized,
            ProblemCodes.SignatureInvalid,
            "The signature does not hold.",
            $"{rule} Nothing was stored. Sign the bytes as they are sent with the registered certificate and send them again.",
            "caller",
            RetryAdvice.Never
        );

    public static Refusal IdempotencyConflict { get; } =
        new(
            StatusCodes.Status409Conflict,
            ProblemCodes.IdempotencyConflict,
            "The idempotency key was used with another body.",
            "Use a new Idempotency-Key for a new request.",
            "caller",
            RetryAdvice.Never
        );

    public static Refusal EvidenceUnavailable { get; } =
        new(
            StatusCodes.Status503ServiceUnavailable,
            ProblemCodes.EvidenceUnavailable,
            "Evidence could not be committed.",
            "Without evidence there is no answer, and nothing was stored. Send it again with the same Idempotency-Key.",
            "gateway",
            RetryAdvice.Safe
        )
        {
            RetryAfter = TimeSpan.FromSeconds(5),
            IsOutage = true,
        };
}
