using System.Buffers;
using System.IO.Pipelines;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>
/// Where the filter writes: a small answer is held until it is complete; a larger one begins to leave as soon as
/// <paramref name="begin"/> has put it on record, and takes no more memory from then on.
/// </summary>
/// <param name="holdBytes">How much is held.</param>
/// <param name="watch">Knows how much is of records that have named their subject: nothing else leaves.</param>
/// <param name="begin">Commits the first record and opens the response; a refusal when it cannot be committed.</param>
internal sealed class AnswerSink(int holdBytes, AnswerWatch watch, Func<ValueTask<Result<PipeWriter>>> begin)
    : PipeWriter,
        IDisposable
{
    private byte[] _held = ArrayPool<byte>.Shared.Rent(4 * 1024);
    private int _length;
    private PipeWriter? _response;

    /// <summary>What is held; empty once the answer has begun to leave.</summary>
    public ReadOnlyMemory<byte> Held => _held.AsMemory(0, _length);

    /// <summary>Whether the answer has begun to leave.</summary>
    public bool IsStreaming => _response is not null;

    /// <summary>Whether the caller went away before all of it had left.</summary>
    public bool IsCut { get; private set; }

    /// <summary>How much has been handed to the response.</summary>
    public long Sent { get; private set; }

    /// <summary>Whether a record did not name its subject before it had to leave.</summary>
    public bool IsUnbound { get; private set; }

    /// <summary>Why the answer could not begin to leave.</summary>
    public Refusal? Refusal { get; private set; }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _length + (_response?.UnflushedBytes ?? 0);

    /// <summary>While records are bound everything is held first, so that what must not leave can be kept back.</summary>
    private bool IsDirect => _response is not null && !watch.Binds;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (IsDirect)
        {
            return _response!.GetMemory(sizeHint);
        }

        Reserve(Math.Max(sizeHint, 1));
        return _held.AsMemory(_length);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (!IsDirect)
        {
            _length += bytes;
            return;
        }

        Sent += bytes;
        _response!.Advance(bytes);
    }

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (IsDirect)
        {
            return await FlushAsync(_response!, cancellationToken);
        }

        if (_response is null && _length <= holdBytes)
        {
            return default;
        }

        var safe = (int)Math.Min(_length, (watch.SafeBytes ?? long.MaxValue) - Sent);
        if (_length - safe > holdBytes)
        {
            IsUnbound = true;
            return new FlushResult(isCanceled: true, isCompleted: false);
        }

        if (_response is null)
        {
            if (watch is { SafeBytes: not null, HasBound: false })
            {
                return default; // the first record has not named its subject: not even the head leaves
            }

            if (!(await begin()).Succeeded(out var response, out var refusal))
            {
                Refusal = refusal;
                return new FlushResult(isCanceled: true, isCompleted: false);
            }

            _response = response;
        }

        Release(_response, safe);
        return await FlushAsync(_response, cancellationToken);
    }

    private void Release(PipeWriter response, int bytes)
    {
        response.Write(_held.AsSpan(0, bytes));
        _held.AsSpan(bytes, _length - bytes).CopyTo(_held);
        (Sent, _length) = (Sent + bytes, _length - bytes);
    }

    public override void CancelPendingFlush() => throw new NotSupportedException();

    public override void Complete(Exception? exception = null) => throw new NotSupportedException();

    public void Dispose() => ArrayPool<byte>.Shared.Return(_held, clearArray: true);

    private async ValueTask<FlushResult> FlushAsync(PipeWriter response, CancellationToken cancellationToken)
    {
        var flushed = await response.FlushAsync(cancellationToken);
        IsCut |= flushed.IsCompleted || flushed.IsCanceled;
        return flushed;
    }

    private void Reserve(int bytes)
    {
        if (_held.Length - _length >= bytes)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_held.Length * 2, _length + bytes));
        Held.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_held, clearArray: true);
        _held = larger;
    }
}
