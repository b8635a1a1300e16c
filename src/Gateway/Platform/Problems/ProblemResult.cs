using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Platform.Problems;

/// <summary>Writes a refusal as <c>application/problem+json</c>: the only place where a problem gets its form.</summary>
internal sealed class ProblemResult(Refusal refusal) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    public const string MediaType = "application/problem+json";

    public int? StatusCode => refusal.Status;

    public string ContentType => MediaType;

    public Refusal Refusal => refusal;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = refusal.Status;
        if (refusal.RetryAfter is { } wait)
        {
            var seconds = (long)Math.Ceiling(wait.TotalSeconds);
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (refusal.Status == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(ProblemOf(refusal), ApiJson.For<Problem>());
        response.ContentType = MediaType;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    /// <summary>The refusal as it is told, for an answer that holds several.</summary>
    public static Problem ProblemOf(Refusal refusal) =>
        new()
        {
            Type = $"urn:integration:problem:{refusal.Code}",
            Title = refusal.Title,
            Status = refusal.Status,
            Code = refusal.Code,
            Detail = refusal.Detail,
            TraceId = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString(),
            Party = refusal.Party,
            Retry = refusal.Retry,
            Errors = refusal.Errors,
            Error = refusal.OAuthError,
        };
}

/// <summary>From values of the flows to answers of the API.</summary>
internal static class ResultExtensions
{
    public static IResult ToProblem(this Refusal refusal) => new ProblemResult(refusal);

    /// <summary>The answer made of the value, or the problem.</summary>
    public static IResult Match<T>(this Result<T> result, Func<T, IResult> answer)
        where T : notnull =>
        result.Succeeded(out var value, out var refusal) ? answer(value) : new ProblemResult(refusal);
}
