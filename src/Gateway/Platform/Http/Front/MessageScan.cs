using System.Buffers;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>
/// The bytes of one HTTP/1 connection, message after message: says how many may be passed on. A head passes whole or not
/// at all; the next message is not looked at before the one in front of it has been read.
/// <list type="number">
/// <item>the preface of HTTP/2: everything passes, Kestrel checks the frames;</item>
/// <item>a head: <see cref="HeadSearch"/> finds its end, <see cref="RequestHeadRules"/> judge it;</item>
/// <item>a body by length, or by chunks (<see cref="ChunkScan"/>);</item>
/// <item>between two messages.</item>
/// </list>
/// </summary>
internal sealed class MessageScan(FrontLimits limits)
{
    private HeadSearch _head = new(limits);
    private ChunkScan _chunks;
    private Stage _stage = Stage.Preface;
    private long _body;

    private enum Stage
    {
        Preface,
        Http2,
        Head,
        Body,
        Chunks,
        Between,
        Refused,
    }

    /// <summary>The rule that was broken; from then on nothing passes.</summary>
    public FrontRule? Broken { get; private set; }

    /// <summary>Whether the rule was broken after its head had passed.</summary>
    public bool BrokenInBody { get; private set; }

    /// <summary>Whether this is an HTTP/2 connection: everything passes.</summary>
    public bool IsHttp2 => _stage == Stage.Http2;

    /// <summary>Whether a head has begun and not ended.</summary>
    public bool IsInHead => _stage is Stage.Preface or Stage.Head;

    /// <summary>Whether the bytes behind what passed have not been looked at.</summary>
    public bool IsBetween => _stage == Stage.Between;

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Everything that passed was read: the next message may be looked at.</summary>
    public void Next()
    {
        if (_stage == Stage.Between)
        {
            _head = new HeadSearch(limits);
            _stage = Stage.Head;
        }
    }

    /// <summary>How many bytes more may pass.</summary>
    /// <param name="bytes">Everything that has not passed.</param>
    public long Advance(ReadOnlySequence<byte> bytes)
    {
        var passed = 0L;
        while (!bytes.IsEmpty)
        {
            var before = _stage;
            var step = _stage switch
            {
                Stage.Preface => TakePreface(bytes),
                Stage.Head => TakeHead(bytes),
                Stage.Body => TakeBody(bytes.Length),
                Stage.Chunks => TakeChunks(bytes),
                Stage.Http2 => bytes.Length,
                _ => 0,
            };
            passed += step;
            bytes = bytes.Slice(step);
            if (step == 0 && _stage == before)
            {
                break;
            }
        }

        return passed;
    }

    private long TakePreface(in ReadOnlySequence<byte> bytes)
    {
        Span<byte> start = stackalloc byte[Preface.Length];
        start = start[..(int)Math.Min(bytes.Length, start.Length)];
        bytes.Slice(0, start.Length).CopyTo(start);
        if (!Preface.StartsWith(start))
        {
            _stage = Stage.Head;
        }
        else if (start.Length == Preface.Length)
        {
            _stage = Stage.Http2;
        }

        return 0;
    }

    private long TakeHead(in ReadOnlySequence<byte> bytes)
    {
        var length = _head.Continue(bytes, out var broken);
        if (length == 0)
        {
            Refuse(broken, inBody: false);
            return 0;
        }

        broken = Judge(bytes.Slice(0, length), out var framing);
        if (broken is not null)
        {
            Refuse(broken, inBody: false);
            return 0;
        }

        (_body, _chunks) = (framing.Length, default);
        _stage =
            framing.Chunked ? Stage.Chunks
            : _body > 0 ? Stage.Body
            : Stage.Between;
        return length;
    }

    private static FrontRule? Judge(in ReadOnlySequence<byte> head, out Framing framing)
    {
        if (head.IsSingleSegment)
        {
            return RequestHeadRules.Broken(head.FirstSpan, out framing);
        }

        var length = (int)head.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            head.CopyTo(copy);
            return RequestHeadRules.Broken(copy.AsSpan(0, length), out framing);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private long TakeBody(long available)
    {
        var taken = Math.Min(_body, available);
        _body -= taken;
        _stage = _body == 0 ? Stage.Between : Stage.Body;
        return taken;
    }

    private long TakeChunks(in ReadOnlySequence<byte> bytes)
    {
        var taken = _chunks.Continue(bytes, out var broken);
        if (_chunks.HasEnded)
        {
            _stage = Stage.Between;
        }

        Refuse(broken, inBody: true);
        return taken;
    }

    private void Refuse(FrontRule? broken, bool inBody)
    {
        if (broken is not null)
        {
            (Broken, BrokenInBody, _stage) = (broken, inBody, Stage.Refused);
        }
    }
}
