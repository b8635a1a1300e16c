namespace Integration.Gateway.Platform.Problems;

/// <summary>Every error of the process leaves as a problem, the server's own too.</summary>
internal static class ProblemPipeline
{
    /// <summary>Stands before everything else: maps exceptions, and gives a body to errors of the framework.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseStatusCodePages(page => Framework(page.HttpContext).ToProblem().ExecuteAsync(page.HttpContext));
        app.UseMiddleware<ExceptionMapper>();
    }

    private static Refusal Framework(HttpContext context) =>
        context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => Refusal.Unauthenticated,
            StatusCodes.Status403Forbidden => Refusal.NotGranted("The caller may not use this interface."),
            StatusCodes.Status404NotFound => Refusal.NotFound("This address"),
            StatusCodes.Status405MethodNotAllowed => Refusal.MethodNotAllowed,
            StatusCodes.Status413PayloadTooLarge => Refusal.BodyTooLarge(),
            StatusCodes.Status415UnsupportedMediaType => Refusal.UnsupportedMediaType,
            StatusCodes.Status429TooManyRequests => Refusal.TooManyRequests,
            StatusCodes.Status503ServiceUnavailable => Refusal.Unavailable,
            >= StatusCodes.Status500InternalServerError => Refusal.InternalError,
            var status => Refusal.Malformed(status),
        };
}
