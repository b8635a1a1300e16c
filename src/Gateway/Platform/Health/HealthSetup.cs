using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it may be given work; each capability registers its own
/// check under the name shown. Both write kept bytes: no request causes a query, a file or a computation.
/// </summary>
internal static class HealthSetup
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly byte[] s_live = [.. """{"status":"live"}"""u8];

    /// <summary>A check that says nothing else may take 2 s; then it counts as failed.</summary>
    public static IHealthChecksBuilder AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<ReadinessState>();
        services.AddHostedService<ReadinessRefresh>();
        services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            foreach (var check in options.Registrations.Where(check => check.Timeout == Timeout.InfiniteTimeSpan))
            {
                check.Timeout = s_patience;
            }
        });
        // The library logs each failed check of each round, with the texts of exceptions; changes are logged here.
        services.AddLogging(logging =>
            logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
        );
        return services.AddHealthChecks().AddCheck<ProcessCheck>(ProcessCheck.Name);
    }

    public static void MapHealth(this WebApplication app)
    {
        var state = app.Services.GetRequiredService<ReadinessState>();
        app.MapMethods("/health/live", s_reading, LiveAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods("/health/ready", s_reading, (HttpContext context) => state.Current.WriteAsync(context))
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static Task LiveAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = s_live.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(s_live, context.RequestAborted).AsTask();
    }
}
