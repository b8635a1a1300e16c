using System.Net;
using System.Reflection;
using System.Text.Json;
using Integration.Contracts.Problems;
using Refit;

namespace Integration.Contracts.Client;

/// <summary>How answers, and the lack of one, become what the caller sees.</summary>
internal static class AnswerReading
{
    private const string ProblemType = "application/problem+json";

    /// <summary>The gateway asks for no longer pause; what stands between may ask for any.</summary>
    private static readonly TimeSpan s_longestRetryAfter = TimeSpan.FromDays(1);

    public static RefitSettings SettingsFor(TimeProvider time) =>
        new(new AnswerSerializer())
        {
            ExceptionFactory = async response =>
                HasAnswer(response.StatusCode) ? null : await RefusedAsync(response, time),
            DeserializationExceptionFactory = (response, exception) =>
                ValueTask.FromResult<Exception?>(Unreadable(response, exception)),
            TransportExceptionFactory = (_, exception, cancellationToken) => Undelivered(exception, cancellationToken),
        };

    /// <summary>Every method promises a body, so 204 is no success here.</summary>
    private static bool HasAnswer(HttpStatusCode status) =>
        status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted;

    private static async Task<Exception> RefusedAsync(HttpResponseMessage response, TimeProvider time)
    {
        if (
            !string.Equals(
                response.Content.Headers.ContentType?.MediaType,
                ProblemType,
                StringComparison.OrdinalIgnoreCase
            )
        )
        {
            return new IntegrationBadResponseException(response.StatusCode, inner: null);
        }

        try
        {
            var body = await response.Content.ReadAsStreamAsync();
            var problem = await JsonSerializer.DeserializeAsync<Problem>(body, IntegrationJson.AnswerOptions);
            return problem is null
                ? new IntegrationBadResponseException(response.StatusCode, inner: null)
                : new IntegrationProblemException(
                    problem,
                    RetryAfterHeader.Read(response, time.GetUtcNow(), s_longestRetryAfter)
                );
        }
        catch (JsonException exception)
        {
            return new IntegrationBadResponseException(response.StatusCode, exception);
        }
    }

    /// <summary>An answer that breaks off half-way is no answer; a whole one that makes no sense is a bad one.</summary>
    private static Exception Unreadable(HttpResponseMessage response, Exception exception) =>
        exception is IOException or HttpRequestException
            ? new IntegrationNoResponseException(exception)
            : new IntegrationBadResponseException(response.StatusCode, exception);

    private static Exception Undelivered(Exception exception, CancellationToken cancellationToken) =>
        exception is IntegrationApiException || cancellationToken.IsCancellationRequested
            ? exception
            : new IntegrationNoResponseException(exception);
}

/// <summary>System.Text.Json by this API's rules; a body that says null is no answer.</summary>
internal sealed class AnswerSerializer : IHttpContentSerializer
{
    private readonly SystemTextJsonContentSerializer _json = new(IntegrationJson.AnswerOptions);

    public HttpContent ToHttpContent<T>(T item) => _json.ToHttpContent(item);

    public async Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
        await _json.FromHttpContentAsync<T>(content, cancellationToken) is { } answer
            ? answer
            : throw new JsonException("The body is null.");

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => _json.GetFieldNameForProperty(propertyInfo);
}
