using System.Text.Json;
using Integration.Contracts.Problems;
using Refit;

namespace Integration.Contracts.Client;

/// <summary>How answers, and the lack of one, become what the caller sees.</summary>
internal static class AnswerReading
{
    private const string ProblemType = "application/problem+json";

    public static RefitSettings Settings { get; } =
        new(new SystemTextJsonContentSerializer(IntegrationJson.AnswerOptions))
        {
            ExceptionFactory = async response => response.IsSuccessStatusCode ? null : await Refused(response),
            DeserializationExceptionFactory = (response, exception) =>
                ValueTask.FromResult<Exception?>(Unreadable(response, exception)),
            TransportExceptionFactory = (_, exception, cancellationToken) => Undelivered(exception, cancellationToken),
        };

    private static async Task<Exception> Refused(HttpResponseMessage response)
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
                : new IntegrationProblemException(problem, response.Headers.RetryAfter?.Delta);
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
