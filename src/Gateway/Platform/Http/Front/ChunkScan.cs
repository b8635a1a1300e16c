using System.Buffers;
using System.Runtime.InteropServices;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>
/// Follows a chunked body byte by byte of its framing, and by length through its data. A size line is passed on whole, the
/// last chunk together with the empty line that ends the body, so that nothing half-checked is ever seen behind us.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct ChunkScan
{
    private const int MostDigits = 16;

    private Stage _stage;
    private ulong _size;
    private int _digits;

    /// <summary>Bytes looked at and not yet passed on: part of a line.</summary>
    private long _pending;

    private enum Stage
    {
        Size,
        SizeEnd,
        Data,
        DataEnd,
        DataEndLine,
        LastEnd,
        LastEndLine,
        Ended,
    }

    public readonly bool HasEnded => _stage == Stage.Ended;

    /// <summary>Bytes that may be passed on now.</summary>
    /// <param name="bytes">Everything not yet passed on, from the start of the body or of a line.</param>
    /// <param name="broken">The rule that the body breaks.</param>
    public long Continue(in ReadOnlySequence<byte> bytes, out FrontRule? broken)
    {
        broken = null;
        var passed = 0L;
        var seen = _pending;
        foreach (var piece in bytes.Slice(_pending))
        {
            var rest = piece.Span;
            while (!rest.IsEmpty && !HasEnded && broken is null)
            {
                var taken = _stage == Stage.Data ? TakeData(rest.Length) : 1;
                broken = _stage == Stage.Data ? EndOfData() : Take(rest[0]);
                seen += taken;
                rest = rest[taken..];
                passed = broken is null && IsWhole ? seen : passed;
            }
        }

        _pending = broken is null ? seen - passed : 0;
        return passed;
    }

    /// <summary>Nothing half-read: inside or behind data, at the start of a size, after the end.</summary>
    private readonly bool IsWhole =>
        _stage is Stage.Data or Stage.DataEnd or Stage.Ended || (_stage == Stage.Size && _digits == 0);

    private int TakeData(int available)
    {
        var taken = (int)Math.Min(_size, (ulong)available);
        _size -= (ulong)taken;
        return taken;
    }

    private FrontRule? EndOfData()
    {
        _stage = _size == 0 ? Stage.DataEnd : Stage.Data;
        return null;
    }

    private FrontRule? Take(byte value)
    {
        (_stage, var broken) = (_stage, (char)value) switch
        {
            (Stage.Size, '\r') when _digits > 0 => (Stage.SizeEnd, null),
            (Stage.Size, _) => (Stage.Size, TakeDigit(value)),
            (Stage.SizeEnd, '\n') => (_size == 0 ? Stage.LastEnd : Stage.Data, null),
            (Stage.DataEnd, '\r') => (Stage.DataEndLine, null),
            (Stage.DataEndLine, '\n') => (Stage.Size, null),
            (Stage.LastEnd, '\r') => (Stage.LastEndLine, null),
            (Stage.LastEndLine, '\n') => (Stage.Ended, null),
            (Stage.SizeEnd, _) => (_stage, FrontRule.ChunkSize),
            (Stage.DataEnd or Stage.DataEndLine, _) => (_stage, FrontRule.ChunkEnd),
            _ => (_stage, FrontRule.Trailer),
        };
        _digits = _stage == Stage.Size ? _digits : 0;
        return broken;
    }

    private FrontRule? TakeDigit(byte value)
    {
        if (value is (byte)';' or (byte)' ' or (byte)'\t' && _digits > 0)
        {
            return FrontRule.ChunkExtension;
        }

        if (!char.IsAsciiHexDigit((char)value) || ++_digits > MostDigits)
        {
            return FrontRule.ChunkSize;
        }

        var digit = value <= '9' ? value - '0' : (value | 0x20) - 'a' + 10;
        _size = (_digits == 1 ? 0 : _size << 4) | (uint)digit;
        return _size > long.MaxValue ? FrontRule.ChunkSize : null;
    }
}
