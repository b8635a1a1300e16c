using System.Net;
using Integration.Gateway.Platform.Telemetry;
using Integration.Testing;
using Integration.Testing.Recording;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Gateway.Tests.Telemetry;

/// <summary>A log that cannot be written never reaches those who write it.</summary>
public sealed class GuardedLoggersTests
{
    [Fact]
    public async Task A_provider_that_throws_on_every_line_is_not_noticed_by_requests_and_is_counted()
    {
        using var lost = new Count();
        await using var host = await StartAsync(new ThrowingProvider());
        using var answer = await host.Client.GetAsync("/says", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(lost.Lines > 0);
    }

    [Fact]
    public async Task Other_providers_still_get_the_line()
    {
        await using var host = await StartAsync(new ThrowingProvider());
        using var answer = await host.Client.GetAsync("/says", TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        Assert.Contains(host.Logs.Entries, entry => entry.Message == "it was asked");
    }

    [Fact]
    public async Task A_message_that_cannot_be_formatted_is_lost_and_nothing_else()
    {
        using var lost = new Count();
        await using var host = await ServiceHost.StartHttpAsync(app =>
            app.MapGet(
                "/says",
                (ILogger<GuardedLoggersTests> logger) =>
                {
                    logger.Log(LogLevel.Error, default, 0, null, (_, _) => throw new InvalidTimeZoneException());
                    return "said";
                }
            )
        );
        Assert.Equal("said", await host.Client.GetStringAsync("/says", TestContext.Current.CancellationToken));
        Assert.True(lost.Lines > 0);
    }

    [Fact]
    public void Every_logger_is_guarded()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddTelemetry();
        builder.Logging.KeepFromConsole("builder");
        builder.Logging.AddProvider(new ThrowingProvider());
        using var services = builder.Services.BuildServiceProvider();
        var logger = services.GetRequiredService<ILogger<GuardedLoggersTests>>();
        Say(logger, "never written");
        using var scope = logger.BeginScope("never opened");
        Assert.IsType<GuardedLoggers>(services.GetRequiredService<ILoggerFactory>());
    }

    private static void Say(ILogger logger, string line) =>
        logger.Log(LogLevel.Error, default, line, exception: null, (text, _) => text);

    private static Task<ServiceHost> StartAsync(ILoggerProvider provider) =>
        ServiceHost.StartHttpAsync(
            app =>
                app.MapGet(
                    "/says",
                    (ILogger<GuardedLoggersTests> logger) =>
                    {
                        using var scope = logger.BeginScope("scope");
                        Say(logger, "it was asked");
                        return "said";
                    }
                ),
            builder => builder.Logging.AddProvider(provider)
        );

    /// <summary>Lines counted as lost while it lives, of all tests that run meanwhile.</summary>
    private sealed class Count : IDisposable
    {
        private readonly System.Diagnostics.Metrics.MeterListener _listener = new();
        private long _lines;

        public Count()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "integration.logs.lost")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, lines, _, _) => Interlocked.Add(ref _lines, lines));
            _listener.Start();
        }

        public long Lines => Interlocked.Read(ref _lines);

        public void Dispose() => _listener.Dispose();
    }
}
