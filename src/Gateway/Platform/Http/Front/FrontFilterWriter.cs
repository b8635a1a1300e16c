using System.IO.Pipelines;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>Passes on what the server sends, and on HTTP/2 sees in it which answers have left.</summary>
internal sealed class FrontFilterWriter : PipeWriter
{
    private readonly PipeWriter _transport;
    private readonly FrontConnection _connection;
    private readonly FrameHeads _heads;
    private Memory<byte> _given;

    public FrontFilterWriter(PipeWriter transport, FrontConnection connection, AnswersOwed owed)
    {
        (_transport, _connection) = (transport, connection);
        _heads = new FrameHeads(
            skipped: 0,
            head =>
            {
                if (head.EndsStream || head.Kind == FrameKind.Reset)
                {
                    owed.End(head.Stream);
                }
            }
        );
    }

    public override bool CanGetUnflushedBytes => _transport.CanGetUnflushedBytes;

    public override long UnflushedBytes => _transport.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _given = _transport.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (_connection.IsHttp2)
        {
            _heads.Advance(_given.Span[..bytes]);
            _given = _given[bytes..];
        }

        _transport.Advance(bytes);
    }

    public override ValueTask<FlushResult> WriteAsync(
        ReadOnlyMemory<byte> source,
        CancellationToken cancellationToken = default
    )
    {
        if (_connection.IsHttp2)
        {
            _heads.Advance(source.Span);
        }

        return _transport.WriteAsync(source, cancellationToken);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        _transport.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => _transport.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => _transport.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => _transport.CompleteAsync(exception);
}
