using System.Buffers;
using System.Security.Cryptography;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>
/// The body of an agency's answer while it is read, once, front to back: counted, digested, never more than allowed, never
/// standing still for longer than allowed. The beginning can be looked at before it is read.
/// </summary>
/// <param name="inner">The body as it arrives.</param>
/// <param name="limit">Bytes.</param>
/// <param name="patience">How long the next read may take.</param>
/// <param name="time">The clock.</param>
/// <param name="cancellationToken">Ends every read.</param>
internal sealed class AgencyBody(
    Stream inner,
    long limit,
    Func<TimeSpan> patience,
    TimeProvider time,
    CancellationToken cancellationToken
) : Stream
{
    /// <summary>How much can be looked at beforehand; a refused key is always shorter.</summary>
    public const int HeadBytes = 8 * 1024;

    /// <summary>Of what is longer than the head; a short body is digested in one go, at a third of the cost.</summary>
    private IncrementalHash? _hash;
    private readonly byte[] _head = ArrayPool<byte>.Shared.Rent(HeadBytes);
    private readonly CancellationTokenSource _tooLong = new(Timeout.InfiniteTimeSpan, time);
    private CancellationTokenSource? _either;
    private int _headLength;
    private int _headRead;
    private long _received;
    private bool _ended;

    /// <summary>The whole body when it is short; empty when it is longer than the head.</summary>
    public ReadOnlyMemory<byte> Short => _ended ? _head.AsMemory(0, _headLength) : default;

    /// <summary>SHA-256 of all of it, lower hex; null while it has not ended.</summary>
    public string? Digest =>
        field ??= _ended
            ? Convert.ToHexStringLower(_hash?.GetCurrentHash() ?? SHA256.HashData(_head.AsSpan(0, _headLength)))
            : null;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads the beginning. Nothing is lost: it is read again from the start.</summary>
    public async ValueTask LookAtHeadAsync()
    {
        while (!_ended && _headLength < HeadBytes)
        {
            _headLength += await ReceiveAsync(_head.AsMemory(_headLength, HeadBytes - _headLength));
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_headRead == _headLength)
        {
            return _ended ? 0 : await ReceiveMoreAsync(buffer);
        }

        var count = Math.Min(buffer.Length, _headLength - _headRead);
        _head.AsMemory(_headRead, count).CopyTo(buffer);
        _headRead += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _either?.Dispose();
            _tooLong.Dispose();
            _hash?.Dispose();
            ArrayPool<byte>.Shared.Return(_head, clearArray: true);
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        var count = await NextAsync(buffer);
        _ended = count == 0;
        _received += count;
        if (_received > limit)
        {
            throw new AnswerTooLargeException();
        }

        return count;
    }

    private async ValueTask<int> ReceiveMoreAsync(Memory<byte> buffer)
    {
        if (_hash is null)
        {
            _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            _hash.AppendData(_head, 0, _headLength);
        }

        var count = await ReceiveAsync(buffer);
        _hash.AppendData(buffer.Span[..count]);
        return count;
    }

    /// <summary>
    /// A read that takes too long is ended and waited for: left alone, it would write into a buffer that is another request's
    /// by then.
    /// </summary>
    private async ValueTask<int> NextAsync(Memory<byte> buffer)
    {
        _either ??= CancellationTokenSource.CreateLinkedTokenSource(_tooLong.Token, cancellationToken);
        var reading = inner.ReadAsync(buffer, _either.Token);
        if (reading.IsCompletedSuccessfully)
        {
            return reading.Result;
        }

        _tooLong.CancelAfter(patience());
        try
        {
            return await reading;
        }
        catch (OperationCanceledException late) when (_tooLong.IsCancellationRequested && !IsOver)
        {
            throw new TimeoutException("The agency's answer stands still.", late);
        }
        finally
        {
            _tooLong.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    private bool IsOver => cancellationToken.IsCancellationRequested;
}

/// <summary>The agency sends more than the operation allows.</summary>
internal sealed class AnswerTooLargeException() : IOException("The agency's answer is larger than allowed.");
