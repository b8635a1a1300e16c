using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Integration.Gateway.Platform.Telemetry;

/// <summary>What may be said of an exception outside the process: types and the method that threw, never its message.</summary>
internal static class ExceptionText
{
    /// <summary>E.g. <c>System.InvalidOperationException at Integration.Gateway.X.Y &lt;- System.IO.IOException at …</c>.</summary>
    public static string From(Exception exception)
    {
        var links = new List<string>();
        for (var link = exception; link is not null; link = link.InnerException)
        {
            links.Add($"{link.GetType().FullName} at {Place(link)}");
        }

        return string.Join(" <- ", links);
    }

    private static string Place(Exception exception)
    {
        var method = new StackTrace(exception).GetFrame(0)?.GetMethod();
        return method is null ? "unknown" : $"{method.DeclaringType?.FullName}.{method.Name}";
    }
}

/// <summary>The same rule for logs that leave over OTLP.</summary>
internal sealed class LogWithoutExceptionText : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is { } exception)
        {
            data.Exception = null;
            data.Attributes = [.. data.Attributes ?? [], new("exception", ExceptionText.From(exception))];
        }
    }
}
