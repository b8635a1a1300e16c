namespace Integration.Testing.Recording;

/// <summary>A log whose disk is full: every line and every scope throws.</summary>
public sealed class ThrowingProvider : ILoggerProvider, ILogger
{
    private int _thrown;

    /// <summary>Lines that were given to it.</summary>
    public int Thrown => Volatile.Read(ref _thrown);

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => throw new IOException("No space left on device");

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        Interlocked.Increment(ref _thrown);
        throw new IOException("No space left on device");
    }

    public void Dispose() { }
}
