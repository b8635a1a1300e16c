using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>The head of one frame of HTTP/2 (RFC 9113, 4.1).</summary>
/// <param name="Kind">Its type, known or not.</param>
/// <param name="Flags">What they mean depends on the type.</param>
/// <param name="Stream">The stream it belongs to; 0: the connection.</param>
/// <param name="Length">Bytes behind the head.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FrameHead(FrameKind Kind, byte Flags, int Stream, int Length)
{
    /// <summary>Whether nothing follows on its stream, in this direction.</summary>
    public bool EndsStream => Kind is FrameKind.Data or FrameKind.Headers && (Flags & 0x1) != 0;

    public bool IsPadded => (Flags & 0x8) != 0;
}

/// <summary>The types of frames that are told apart here.</summary>
internal enum FrameKind : byte
{
    Data = 0,
    Headers = 1,
    Reset = 3,
    WindowUpdate = 8,
    Continuation = 9,
}

/// <summary>Finds the heads in the bytes of one direction of a connection, however they are cut.</summary>
/// <param name="skipped">Bytes in front of the first frame.</param>
/// <param name="take">Called for each head, in order.</param>
internal sealed class FrameHeads(long skipped, Action<FrameHead> take)
{
    private const int HeadLength = 9;
    private readonly byte[] _head = new byte[HeadLength];
    private long _skipped = skipped;
    private int _known;

    /// <summary>Looks at bytes that it has not seen.</summary>
    public void Advance(in ReadOnlySequence<byte> bytes)
    {
        foreach (var part in bytes)
        {
            Advance(part.Span);
        }
    }

    /// <inheritdoc cref="Advance(in ReadOnlySequence{byte})" />
    public void Advance(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var step = (int)Math.Min(bytes.Length, _skipped > 0 ? _skipped : HeadLength - _known);
            if (_skipped > 0)
            {
                _skipped -= step;
            }
            else
            {
                bytes[..step].CopyTo(_head.AsSpan(_known));
                _known += step;
                TakeHead();
            }

            bytes = bytes[step..];
        }
    }

    private void TakeHead()
    {
        if (_known < HeadLength)
        {
            return;
        }

        _known = 0;
        var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(_head) >> 8);
        _skipped = length;
        var stream = BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(5)) & int.MaxValue;
        take(new FrameHead((FrameKind)_head[3], _head[4], stream, length));
    }
}
