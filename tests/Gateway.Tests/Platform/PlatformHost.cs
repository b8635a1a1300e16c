using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Integration.Gateway.Platform.Health;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Integration.Gateway.Tests.Platform;

/// <summary>The platform of the gateway on a real port, with endpoints of the test's own behind it.</summary>
internal sealed class PlatformHost : IAsyncDisposable
{
    private PlatformHost(WebApplication app, LogSink logs, SpanSink spans)
    {
        (App, Logs, Spans) = (app, logs, spans);
        Address = new Uri(app.Urls.First());
        Client = new HttpClient { BaseAddress = Address };
    }

    public WebApplication App { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public LogSink Logs { get; }

    public SpanSink Spans { get; }

    public static async Task<PlatformHost> Start(
        Action<WebApplication>? map = null,
        Action<WebApplicationBuilder>? add = null,
        params (string Key, string Value)[] settings
    )
    {
        var (logs, spans) = (new LogSink(), new SpanSink());
        var app = Build(map, add, settings, logs, spans);
        await app.StartAsync();
        return new PlatformHost(app, logs, spans);
    }

    /// <summary>Sends bytes as they are and returns everything that comes back until the server closes.</summary>
    public async Task<string> Raw(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }

    private static WebApplication Build(
        Action<WebApplication>? map,
        Action<WebApplicationBuilder>? add,
        (string Key, string Value)[] settings,
        LogSink logs,
        SpanSink spans
    )
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" }
        );
        builder.Configuration.AddInMemoryCollection([new("Urls", "http://127.0.0.1:0")]);
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))
        );
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddHttpLimits();
        builder.AddTelemetry();
        builder.Services.AddHealth();
        builder.Services.AddApiDescription();
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing =>
            tracing.SetSampler(new AlwaysOnSampler()).AddProcessor(spans)
        );
        builder.Logging.AddProvider(logs).AddFilter("Integration", LogLevel.Debug);
        add?.Invoke(builder);

        var app = builder.Build();
        app.UseFrontDoor();
        app.UseProblems();
        app.UseRouting();
        app.UseMetricsPage();
        app.MapHealth();
        app.MapApiDescription();
        map?.Invoke(app);
        return app;
    }
}

/// <summary>Every log entry, with the text of exceptions so that a leak would be seen.</summary>
internal sealed class LogSink : ILoggerProvider
{
    public ConcurrentQueue<LogEntry> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() { }

    public override string ToString() => string.Join('\n', Entries);

    private sealed class Logger(LogSink sink, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => sink.Entries.Enqueue(new LogEntry(logLevel, category, eventId.Id, formatter(state, exception), exception));
    }
}

internal sealed record LogEntry(LogLevel Level, string Category, int Event, string Message, Exception? Exception);

/// <summary>Every span that ended, in this process: look for your own trace.</summary>
internal sealed class SpanSink : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Activity> _ended = [];

    public override void OnEnd(Activity data) => _ended.Enqueue(data);

    /// <summary>Waits for the server's span of a trace: it ends after the answer has left.</summary>
    public async Task<Activity> ServerSpanOf(string traceId)
    {
        for (var i = 0; i < 200; i++)
        {
            var span = _ended.FirstOrDefault(span =>
                span.Kind == ActivityKind.Server && span.TraceId.ToHexString() == traceId
            );
            if (span is not null)
            {
                return span;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }

        throw new TimeoutException("No span of this trace ended.");
    }
}
