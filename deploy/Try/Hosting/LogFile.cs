using Integration.Gateway.Platform.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integration.Try.Hosting;

/// <summary>The gateway's log lines, in its own format, in a file instead of on the console.</summary>
internal sealed class LogFile(string path, TimeProvider time) : ILoggerProvider
{
    private readonly StreamWriter _lines = new(path, append: true) { AutoFlush = true };
    private readonly JsonLines _format = new(time);
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new Log(this, categoryName);

    public void Dispose() => _lines.Dispose();

    private sealed class Log(LogFile file, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        void ILogger.Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var entry = new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter);
            lock (file._gate)
            {
                file._format.Write(in entry, scopeProvider: null, file._lines);
            }
        }
    }
}
