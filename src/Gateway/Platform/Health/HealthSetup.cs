using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it may be given work; each capability registers its own
/// check under the name shown. Degraded (an agency is down, say) is still ready.
/// </summary>
internal static class HealthSetup
{
    private static readonly HealthCheckOptions s_readiness = new()
    {
        AllowCachingResponses = false,
        ResponseWriter = WriteReadiness,
        ResultStatusCodes =
        {
            [HealthStatus.Healthy] = StatusCodes.Status200OK,
            [HealthStatus.Degraded] = StatusCodes.Status200OK,
            [HealthStatus.Unhealthy] = StatusCodes.Status503ServiceUnavailable,
        },
    };

    public static IHealthChecksBuilder AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<ProcessCheck>("process");

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", Live).AllowAnonymous().ExcludeFromDescription();
        app.MapHealthChecks("/health/ready", s_readiness).AllowAnonymous();
    }

    private static Task Live(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"status":"live"}""", context.RequestAborted);
    }

    private static async Task WriteReadiness(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("status", Word(report.Status));
            json.WriteStartArray("checks");
            foreach (var (name, entry) in report.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                WriteCheck(json, name, entry);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await context.Response.Body.WriteAsync(body.ToArray(), context.RequestAborted);
    }

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

    private static string Word(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => "ready",
            HealthStatus.Degraded => "degraded",
            _ => "unready",
        };
}
