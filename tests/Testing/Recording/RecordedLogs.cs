using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Integration.Testing.Recording;

/// <summary>Keeps every log call, with more than a log file would show: values and exception texts too.</summary>
/// <param name="host">Whose log it is, e.g. <c>gateway</c>.</param>
internal sealed class RecordedLogs(string host) : ILoggerProvider
{
    /// <summary>Lines of another process that are kept; it may run for hours.</summary>
    private const int MostOfAProcess = 2000;

    private readonly ConcurrentQueue<string> _lines = new();

    public string Host => host;

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Takes a line as another process wrote it, and lets the oldest go when there are too many.</summary>
    public void Add(string line)
    {
        _lines.Enqueue(line);
        if (_lines.Count > MostOfAProcess)
        {
            _lines.TryDequeue(out _);
        }
    }

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
