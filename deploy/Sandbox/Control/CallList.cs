namespace Integration.Sandbox.Control;

/// <summary>A call an agency received. Holds no personal data.</summary>
internal readonly record struct ListedCall(
    string Agency,
    string Operation,
    DateTimeOffset At,
    string Outcome,
    bool Effective,
    string? IdempotencyKey,
    string? Correlation
);

/// <summary>The latest calls, oldest first; older ones than the last <see cref="Capacity"/> are forgotten.</summary>
internal sealed class CallList
{
    public const int Capacity = 20_000;
    private readonly Lock _gate = new();
    private readonly ListedCall[] _ring = new ListedCall[Capacity];
    private long _count;

    public void Add(ListedCall call)
    {
        lock (_gate)
        {
            _ring[_count++ % Capacity] = call;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            Array.Clear(_ring);
            _count = 0;
        }
    }

    public IReadOnlyList<ListedCall> Snapshot()
    {
        lock (_gate)
        {
            var kept = (int)Math.Min(_count, Capacity);
            var snapshot = new ListedCall[kept];
            for (var i = 0; i < kept; i++)
            {
                snapshot[i] = _ring[(_count - kept + i) % Capacity];
            }

            return snapshot;
        }
    }
}
