using System.Collections.Concurrent;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>
/// The answers of one HTTP/2 connection that were given to the server and have not left as a whole, because the client opens no
/// window for them; a feature of the connection. Who does not take one in time loses the connection.
/// </summary>
internal sealed class AnswersOwed(TimeProvider time, Action tooSlow) : IDisposable
{
    private readonly ConcurrentDictionary<int, Owed> _answers = new();

    /// <summary>A request has come; its answer can end from now on.</summary>
    public void Begin(int stream) => _answers.TryAdd(stream, new Owed());

    /// <summary>All of the answer was given to the server: it has to have left in this time, unless it has already.</summary>
    public void Expect(int stream, TimeSpan longest)
    {
        if (_answers.TryGetValue(stream, out var owed))
        {
            owed.Expect(time, longest, tooSlow);
        }
    }

    /// <summary>The answer has left, or the client no longer waits for it.</summary>
    public void End(int stream)
    {
        if (_answers.TryRemove(stream, out var owed))
        {
            owed.Dispose();
        }
    }

    /// <summary>Ends the connection: its client is too slow.</summary>
    public void Cut() => tooSlow();

    public void Dispose()
    {
        foreach (var stream in _answers.Keys)
        {
            End(stream);
        }
    }

    /// <summary>One answer; its end and its expectation come from different threads.</summary>
    private sealed class Owed : IDisposable
    {
        private readonly Lock _lock = new();
        private ITimer? _timer;
        private bool _hasEnded;

        public void Expect(TimeProvider time, TimeSpan longest, Action tooSlow)
        {
            lock (_lock)
            {
                if (!_hasEnded)
                {
                    _timer = time.CreateTimer(
                        static callback => ((Action)callback!)(),
                        tooSlow,
                        longest,
                        Timeout.InfiniteTimeSpan
                    );
                }
            }
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _hasEnded = true;
                _timer?.Dispose();
            }
        }
    }
}
