using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Http.Front;
using Integration.Gateway.Platform.Telemetry;

namespace Integration.Gateway.Platform.Problems;

/// <summary>
/// The one place where exceptions end. An exception is a bug or broken infrastructure; its text may quote what was sent,
/// so neither the log nor the caller ever gets it: they get its type, its place and the trace id. A database that cannot be used is
/// not a bug: each request, reading or writing, is answered with 503 and can be sent again.
/// </summary>
internal sealed partial class ExceptionMapper(RequestDelegate next, ILogger<ExceptionMapper> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away: what broke by that is no fault of the gateway, and there is no reader of an answer.
            Log.CallerWentAway(logger);
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (BadHttpRequestException exception)
        {
            await AnswerAsync(context, context.BrokenBody()?.Refusal ?? Refused(exception.StatusCode));
        }
        catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception))
        {
            Log.DatabaseUnavailable(logger, ExceptionText.From(exception));
            await AnswerAsync(context, Refusal.Unavailable);
        }
        catch (Exception exception)
        {
            Log.RequestFailed(logger, ExceptionText.From(exception));
            await AnswerAsync(context, Refusal.InternalError);
        }
    }

    private static Refusal Refused(int status) =>
        status == StatusCodes.Status413PayloadTooLarge ? Refusal.BodyTooLarge() : Refusal.Malformed(status);

    private static Task AnswerAsync(HttpContext context, Refusal refusal)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        return refusal.ToProblem().ExecuteAsync(context);
    }

    private static partial class Log
    {
        [LoggerMessage(1000, LogLevel.Error, "A request failed: {Exceptions}")]
        public static partial void RequestFailed(ILogger logger, string exceptions);

        [LoggerMessage(1002, LogLevel.Error, "A request could not use the database: {Exceptions}")]
        public static partial void DatabaseUnavailable(ILogger logger, string exceptions);

        [LoggerMessage(1001, LogLevel.Debug, "The caller went away before the answer")]
        public static partial void CallerWentAway(ILogger logger);
    }
}
