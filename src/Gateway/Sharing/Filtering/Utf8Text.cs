using System.Buffers;
using System.Text.Unicode;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>The characters of an answer in UTF-8, strictly; a byte order mark at its start is skipped.</summary>
internal sealed class Utf8Text(Stream answer, FilterLimits limits, CancellationToken cancellationToken)
    : BoundedText(limits)
{
    private const int BufferBytes = 8 * 1024;
    private const char ByteOrderMark = '\uFEFF';

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private char[] _chars = ArrayPool<char>.Shared.Rent(BufferBytes);
    private int _undecoded;
    private int _next;
    private int _count;
    private bool _begun;

    protected override async ValueTask<int> FillAsync(Memory<char> buffer)
    {
        while (_next == _count)
        {
            var received = await answer.ReadAsync(_bytes.AsMemory(_undecoded), cancellationToken);
            if (!Decode(_undecoded + received, isLast: received == 0) || received == 0)
            {
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, _count - _next);
        _chars.AsMemory(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            ArrayPool<char>.Shared.Return(_chars);
            (_bytes, _chars, _next, _count) = ([], [], 0, 0);
        }

        base.Dispose(disposing);
    }

    private bool Decode(int bytes, bool isLast)
    {
        var status = Utf8.ToUtf16(
            _bytes.AsSpan(0, bytes),
            _chars,
            out var read,
            out _count,
            replaceInvalidSequences: false,
            isFinalBlock: isLast
        );
        if (status == OperationStatus.InvalidData)
        {
            Fault = FilterFault.Charset;
            return false;
        }

        _undecoded = bytes - read;
        _bytes.AsSpan(read, _undecoded).CopyTo(_bytes);
        _next = 0;
        if (!_begun && _count > 0)
        {
            _begun = true;
            _next = _chars[0] == ByteOrderMark ? 1 : 0;
        }

        return true;
    }
}
