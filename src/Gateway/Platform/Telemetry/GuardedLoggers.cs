using System.Diagnostics.Metrics;

namespace Integration.Gateway.Platform.Telemetry;

/// <summary>
/// Hands out loggers that never throw. A provider that throws (a full disk, a broken pipe, a formatter's bug) would otherwise end the
/// work that wanted to say something: a log may be lost, acknowledged work may not. Lost lines are counted in
/// <c>integration.logs.lost</c>.
/// </summary>
internal sealed class GuardedLoggers(LoggerFactory inner) : ILoggerFactory
{
    public const string TelemetryName = "Integration.Logs";

    private static readonly Meter s_meter = new(TelemetryName);
    private static readonly Counter<long> s_lost = s_meter.CreateCounter<long>(
        "integration.logs.lost",
        "{line}",
        "Log lines that a provider could not take."
    );

    /// <summary>Puts the guard before all providers, those included that are added later.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<LoggerFactory>();
        services.AddSingleton<ILoggerFactory, GuardedLoggers>();
    }

    public ILogger CreateLogger(string categoryName) => new Guarded(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class Guarded(ILogger inner) : ILogger
    {
        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            try
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
            catch (Exception)
            {
                s_lost.Add(1); // there is no place left to say it
            }
        }

        public bool IsEnabled(LogLevel logLevel)
        {
            try
            {
                return inner.IsEnabled(logLevel);
            }
            catch (Exception)
            {
                s_lost.Add(1);
                return false;
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            try
            {
                return inner.BeginScope(state);
            }
            catch (Exception)
            {
                s_lost.Add(1);
                return null;
            }
        }
    }
}
