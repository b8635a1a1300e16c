namespace Integration.Gateway.Platform.Http;

/// <summary>Writes on, and calls back when what was written is not taken as fast as it has to be.</summary>
/// <param name="inner">The server's stream: it takes a buffer full, then waits for the reader.</param>
/// <param name="longest">How long a write may last after so many bytes were written.</param>
/// <param name="time">The clock.</param>
/// <param name="tooSlow">Called once for a write that lasts too long.</param>
internal sealed class PacedStream(Stream inner, Func<long, TimeSpan> longest, TimeProvider time, Action tooSlow)
    : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes that were handed to the server.</summary>
    public long Written { get; private set; }

    private async Task WatchAsync(Task taking)
    {
        if (taking.IsCompleted)
        {
            await taking;
            return;
        }

        await using var timer = time.CreateTimer(
            static callback => ((Action)callback!)(),
            tooSlow,
            longest(Written),
            Timeout.InfiniteTimeSpan
        );
        await taking;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken = default
    )
    {
        Written += bytes.Length;
        await WatchAsync(inner.WriteAsync(bytes, cancellationToken).AsTask());
    }

    public override Task WriteAsync(byte[] bytes, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(bytes.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        WatchAsync(inner.FlushAsync(cancellationToken));

    /// <summary>The server refuses it: no thread waits for a reader.</summary>
    public override void Write(byte[] bytes, int offset, int count) => inner.Write(bytes, offset, count);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] bytes, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
