using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Health;

/// <summary>The answer of <c>/health/ready</c>, written once per state: every check by name, and the worst decides.</summary>
internal sealed class ReadinessAnswer
{
    private readonly int _status;
    private readonly byte[] _body;

    private ReadinessAnswer(int status, byte[] body) => (_status, _body) = (status, body);

    /// <summary>Degraded (an agency is down, say) is still ready.</summary>
    public static ReadinessAnswer From(IEnumerable<KeyValuePair<string, HealthReportEntry>> checks)
    {
        var entries = checks.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        var worst = entries.Select(entry => entry.Value.Status).DefaultIfEmpty(HealthStatus.Unhealthy).Min();
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("status", Word(worst));
            json.WriteStartArray("checks");
            foreach (var (name, entry) in entries)
            {
                WriteCheck(json, name, entry);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new ReadinessAnswer(
            worst == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK,
            body.ToArray()
        );
    }

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = _status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = _body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(_body, context.RequestAborted).AsTask();
    }

    /// <summary>How a status is told.</summary>
    public static string Word(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => "ready",
            HealthStatus.Degraded => "degraded",
            _ => "unready",
        };

    private static void WriteCheck(Utf8JsonWriter json, string name, HealthReportEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("status", Word(entry.Status));
        if (entry.Exception is not null)
        {
            json.WriteString("detail", $"The check failed: {entry.Exception.GetType().Name}.");
        }
        else if (entry.Description is not null)
        {
            json.WriteString("detail", entry.Description);
        }

        if (entry.Data.Count > 0)
        {
            WriteParts(json, entry.Data);
        }

        json.WriteEndObject();
    }

    /// <summary>For a check over several things: how each of them stands.</summary>
    private static void WriteParts(Utf8JsonWriter json, IReadOnlyDictionary<string, object> parts)
    {
        json.WriteStartObject("parts");
        foreach (var (name, status) in parts.OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, status is HealthStatus part ? Word(part) : "unready");
        }

        json.WriteEndObject();
    }
}
