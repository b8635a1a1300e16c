using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Integration.Testing.Recording;

/// <summary>Keeps every log call, with more than a log file would show: values and exception texts too.</summary>
internal sealed class RecordedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Log(this, categoryName);

    public void Dispose() { }

    private sealed class Log(RecordedLogs logs, string category) : ILogger
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
            var line = new StringBuilder();
            line.Append(
                CultureInfo.InvariantCulture,
                $"{logLevel} {category} {eventId.Id} {formatter(state, exception)}"
            );
            foreach (var value in state as IEnumerable ?? Array.Empty<object>())
            {
                line.Append(CultureInfo.InvariantCulture, $" {value}");
            }

            logs._lines.Enqueue(line.Append(CultureInfo.InvariantCulture, $" {exception}").ToString());
        }
    }
}
