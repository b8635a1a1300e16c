using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>
/// Stands between a transport and Kestrel's HTTP/1 parser and shows it only bytes that <see cref="MessageScan"/> let pass.
/// <list type="bullet">
/// <item>Of a head that is still arriving it shows the first byte, which starts Kestrel's clock for slow heads.</item>
/// <item>Instead of a head that breaks a rule it shows a request of its own, which the front door answers, then the end.</item>
/// <item>On HTTP/2 everything passes until <see cref="FrameScan"/> finds a flood; then comes the end.</item>
/// <item>Instead of a broken rest of a body it shows a chunk that Kestrel cannot read, so that reading the body fails.</item>
/// </list>
/// </summary>
internal sealed class FrontFilterReader(
    PipeReader transport,
    FrontConnection connection,
    FrontLimits limits,
    FrameScan frames
) : PipeReader
{
    private readonly MessageScan _scan = new(limits);

    /// <summary>Of the bytes of the transport as last read, on HTTP/2: what was looked at.</summary>
    private long _framed;

    /// <summary>Bytes of the transport as last read; our answer is a part of it from its start.</summary>
    private ReadOnlySequence<byte> _read;

    /// <summary>Of these: what may pass, what was shown, what the reader and what the transport took as looked at.</summary>
    private long _passed;
    private long _shown;
    private long _readerExamined;
    private long _transportExamined;

    /// <summary>Shown instead of what the transport brings, once a rule was broken and all before it was read.</summary>
    private ReadOnlySequence<byte>? _instead;

    /// <summary>A request that no client sent; the front door never lets it go on.</summary>
    private static readonly byte[] s_refusedRequest =
    [
        .. "GET / HTTP/1.1\r\nHost: refused.invalid\r\nConnection: close\r\n\r\n"u8,
    ];

    /// <summary>Neither a size nor the end of data.</summary>
    private static readonly byte[] s_brokenChunk = [.. "!!\r\n"u8];

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_instead is not null)
        {
            return new ValueTask<ReadResult>(Instead());
        }

        return ReadFilteredAsync(cancellationToken);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (_instead is not null)
        {
            result = Instead();
            return true;
        }

        if (!transport.TryRead(out result) || Show(result, out result))
        {
            return result.Buffer.Length > 0 || result.IsCompleted || result.IsCanceled;
        }

        WaitForMore();
        return false;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_instead is { } instead)
        {
            _instead = instead.Slice(consumed);
        }
        else if (_scan.IsHttp2)
        {
            _framed -= _read.Slice(0, consumed).Length;
            transport.AdvanceTo(consumed, examined);
        }
        else
        {
            Advance(consumed, _read.Slice(0, consumed).Length, _read.Slice(0, examined).Length);
        }
    }

    public override void CancelPendingRead() => transport.CancelPendingRead();

    public override void Complete(Exception? exception = null) => transport.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => transport.CompleteAsync(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReadFilteredAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Show(await transport.ReadAsync(cancellationToken), out var shown))
            {
                return shown;
            }

            WaitForMore();
        }
    }

    private bool Show(in ReadResult read, out ReadResult shown)
    {
        _read = read.Buffer;
        if (_scan.IsHttp2)
        {
            return ShowFrames(read, out shown);
        }

        if (_passed == 0)
        {
            _scan.Next();
        }

        _passed += _scan.Advance(_read.Slice(_passed));
        connection.Take(_scan);
        if (_scan.IsHttp2)
        {
            return ShowFrames(read, out shown);
        }

        if (_scan.Broken is not null && _passed == 0)
        {
            Refuse();
            shown = Instead();
            return true;
        }

        _shown = _passed == 0 && _scan.IsInHead && !_read.IsEmpty ? 1 : _passed;
        var completed = read.IsCompleted && !HoldsBack;
        shown = new ReadResult(_read.Slice(0, _shown), read.IsCanceled, completed);
        return _shown > _readerExamined || completed || read.IsCanceled;
    }

    private bool ShowFrames(in ReadResult read, out ReadResult shown)
    {
        frames.Advance(_read.Slice(_framed));
        _framed = _read.Length;
        if (frames.Broken is not { } rule)
        {
            shown = read;
            return true;
        }

        connection.Break(rule);
        transport.AdvanceTo(_read.End);
        _instead = ReadOnlySequence<byte>.Empty;
        shown = Instead();
        return true;
    }

    /// <summary>Bytes of a later message, or what is shown instead of them, are still to come.</summary>
    private bool HoldsBack => _scan.Broken is not null || (_scan.IsBetween && _passed < _read.Length);

    private void WaitForMore()
    {
        _transportExamined = _read.Length;
        transport.AdvanceTo(_read.Start, _read.End);
    }

    /// <summary>What the reader looked at in full, the transport took as looked at in full, unless something was held back.</summary>
    private void Advance(SequencePosition consumed, long consumedLength, long examinedLength)
    {
        if (consumedLength > _passed)
        {
            throw new InvalidOperationException("Bytes were read that had not passed the front filter.");
        }

        var examined = examinedLength >= _shown && !HoldsBack ? _read.Length : examinedLength;
        examined = Math.Max(examined, _transportExamined);
        transport.AdvanceTo(consumed, _read.GetPosition(examined));
        _transportExamined = examined - consumedLength;
        _readerExamined = examinedLength - consumedLength;
        _passed -= consumedLength;
    }

    private void Refuse()
    {
        transport.AdvanceTo(_read.End);
        _instead = new ReadOnlySequence<byte>(_scan.BrokenInBody ? s_brokenChunk : s_refusedRequest);
    }

    private ReadResult Instead() => new(_instead!.Value, isCanceled: false, isCompleted: _instead.Value.IsEmpty);
}
