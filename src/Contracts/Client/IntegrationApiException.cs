using System.Net;
using Integration.Contracts.Problems;

namespace Integration.Contracts.Client;

/// <summary>There is no answer of the type promised. Holds neither the request nor the token that was sent.</summary>
public abstract class IntegrationApiException : Exception
{
    private protected IntegrationApiException(string message, RetryAdvice retry, Exception? inner)
        : base(message, inner) => Retry = retry;

    /// <summary>Whether the same request may be sent again.</summary>
    public RetryAdvice Retry { get; }
}

/// <summary>The gateway answered that it refuses or cannot.</summary>
public sealed class IntegrationProblemException : IntegrationApiException
{
    internal IntegrationProblemException(Problem problem, TimeSpan? retryAfter)
        : base($"{problem.Code}: {problem.Title} (trace {problem.TraceId})", problem.Retry, inner: null)
    {
        Problem = problem;
        RetryAfter = retryAfter;
    }

    /// <summary>What the gateway says.</summary>
    public Problem Problem { get; }

    /// <summary>How long to wait before the next attempt, at most a day; null when the gateway did not say.</summary>
    public TimeSpan? RetryAfter { get; }
}

/// <summary>
/// Nothing came back: no connection, a broken one, or no answer within the time-out. The request may have had its effect:
/// send it again only with the same idempotency key.
/// </summary>
public sealed class IntegrationNoResponseException : IntegrationApiException
{
    internal IntegrationNoResponseException(Exception inner)
        : base("The gateway did not answer.", RetryAdvice.Unsafe, inner) { }
}

/// <summary>
/// Something came back that this API does not send, e.g. a proxy's error page. The request may have had its effect.
/// </summary>
public sealed class IntegrationBadResponseException : IntegrationApiException
{
    internal IntegrationBadResponseException(HttpStatusCode status, Exception? inner)
        : base($"The answer with HTTP status {(int)status} is not one of the gateway's.", RetryAdvice.Unsafe, inner) =>
        Status = status;

    /// <summary>HTTP status of the answer.</summary>
    public HttpStatusCode Status { get; }
}

/// <summary>The token endpoint gave no token. The request itself was never sent.</summary>
public sealed class IntegrationTokenException : IntegrationApiException
{
    internal IntegrationTokenException(string error, RetryAdvice retry, Exception? inner = null)
        : base($"No access token: {error}.", retry, inner) => Error = error;

    /// <summary>
    /// Error code of RFC 6749 section 5.2, e.g. <c>invalid_client</c> for a wrong id or secret; <c>no-response</c> or
    /// <c>bad-response</c> when the endpoint did not give one.
    /// </summary>
    public string Error { get; }
}
