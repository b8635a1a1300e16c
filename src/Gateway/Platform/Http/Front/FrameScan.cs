using System.Buffers;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>
/// The frames of one HTTP/2 connection as a client sends them: only their heads are looked at. Kestrel checks what they say, and
/// counts streams, resets and the bytes of headers; how many frames come that ask for nothing, it does not count: CONTINUATION
/// frames without a byte, PING and SETTINGS that each want an answer, DATA without data.
/// </summary>
internal sealed class FrameScan
{
    /// <summary>CONTINUATION frames of one request. 128 KiB of headers, the most that can be set, fill eight.</summary>
    public const int MostContinuations = 16;

    /// <summary>Frames without a request or data that may come at once, and a second in the long run.</summary>
    public const int IdleBurst = 500;

    /// <inheritdoc cref="IdleBurst" />
    public const int IdlePerSecond = 50;

    /// <summary>WINDOW_UPDATE frames, of which a reader sends two for 16 KiB, at once and a second in the long run.</summary>
    public const int WindowBurst = 10_000;

    /// <inheritdoc cref="WindowBurst" />
    public const int WindowPerSecond = 5_000;

    private const int LongestPadding = 256;

    private readonly FrameHeads _heads;
    private readonly AnswersOwed _owed;
    private FrameAllowance _idle;
    private FrameAllowance _windows;
    private int _continuations;
    private int _newestStream;

    /// <summary>For the bytes of a connection from its preface on.</summary>
    /// <param name="time">The clock of the allowances.</param>
    /// <param name="owed">The answers of the connection: one that the client takes back is not owed any more.</param>
    public FrameScan(TimeProvider time, AnswersOwed owed)
    {
        _owed = owed;
        _idle = new FrameAllowance(IdleBurst, IdlePerSecond, time);
        _windows = new FrameAllowance(WindowBurst, WindowPerSecond, time);
        _heads = new FrameHeads("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.Length, Take);
    }

    /// <summary>The rule that was broken first.</summary>
    public FrontRule? Broken { get; private set; }

    /// <summary>Looks at bytes that it has not seen.</summary>
    public void Advance(in ReadOnlySequence<byte> bytes) => _heads.Advance(bytes);

    private void Take(FrameHead head)
    {
        Broken ??= Judge(head);
        // Begun where its end is seen: a client may take a request back before the server has looked at it.
        if (head.Kind == FrameKind.Headers && head.Stream > _newestStream) // trailers stand on their request's stream
        {
            _newestStream = head.Stream;
            _owed.Begin(head.Stream);
        }
        else if (head.Kind == FrameKind.Reset)
        {
            _owed.End(head.Stream);
        }
    }

    private FrontRule? Judge(FrameHead head)
    {
        switch (head.Kind)
        {
            case FrameKind.Headers:
                _continuations = 0;
                return null;
            case FrameKind.Continuation:
                return ++_continuations > MostContinuations ? FrontRule.HeaderFrames : null;
            case FrameKind.WindowUpdate:
                return _windows.Take() ? null : FrontRule.FrameFlood;
            case FrameKind.Data when !IsIdle(head):
                return null;
            default:
                return _idle.Take() ? null : FrontRule.FrameFlood;
        }
    }

    /// <summary>Whether a DATA frame holds nothing, or may hold nothing but padding, and does not end its stream.</summary>
    private static bool IsIdle(FrameHead head) =>
        !head.EndsStream && (head.Length == 0 || (head.IsPadded && head.Length <= LongestPadding));
}
