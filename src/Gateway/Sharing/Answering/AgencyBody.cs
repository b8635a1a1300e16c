using System.Buffers;
using System.Security.Cryptography;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>
/// The body of an agency's answer while it is read, once, front to back: counted, digested, never more than allowed, never
/// standing still for longer than allowed. The beginning can be looked at before it is read.
/// </summary>
internal sealed class AgencyBody(Stream inner, long limit, TimeSpan stall, TimeProvider time) : Stream
{
    /// <summary>How much can be looked at beforehand; a refused key is always shorter.</summary>
    public const int HeadBytes = 8 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _head = ArrayPool<byte>.Shared.Rent(HeadBytes);
    private int _headLength;
    private int _headRead;
    private long _received;
    private bool _ended;

    /// <summary>The whole body when it is short; empty when it is longer than the head.</summary>
    public ReadOnlyMemory<byte> Short => _ended ? _head.AsMemory(0, _headLength) : default;

    /// <summary>SHA-256 of all of it, lower hex; null while it has not ended.</summary>
    public string? Digest => field ??= _ended ? Convert.ToHexStringLower(_hash.GetCurrentHash()) : null;

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
    public async ValueTask LookAtHead(CancellationToken cancellationToken)
    {
        while (!_ended && _headLength < HeadBytes)
        {
            _headLength += await Receive(_head.AsMemory(_headLength, HeadBytes - _headLength), cancellationToken);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_headRead == _headLength)
        {
            return _ended ? 0 : await Receive(buffer, cancellationToken);
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
            _hash.Dispose();
            ArrayPool<byte>.Shared.Return(_head, clearArray: true);
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> Receive(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var reading = inner.ReadAsync(buffer, cancellationToken);
        var count = reading.IsCompletedSuccessfully
            ? reading.Result
            : await reading.AsTask().WaitAsync(stall, time, cancellationToken);
        _ended = count == 0;
        _received += count;
        if (_received > limit)
        {
            throw new AnswerTooLargeException();
        }

        _hash.AppendData(buffer.Span[..count]);
        return count;
    }
}

/// <summary>The agency sends more than the operation allows.</summary>
internal sealed class AnswerTooLargeException() : IOException("The agency's answer is larger than allowed.");
