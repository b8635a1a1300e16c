using System.Buffers;
using System.Text.Unicode;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// The part of a JSON answer that is held: what was received and not yet read, checked to be UTF-8. Grows up to the
/// largest token allowed.
/// </summary>
internal sealed class JsonWindow(Stream answer, int maxTokenBytes) : IDisposable
{
    private const int FirstBytes = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _start;
    private int _checked;
    private int _end;
    private bool _begun;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Received, valid, not yet read.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _checked - _start);

    /// <summary>The answer has ended; nothing more will come.</summary>
    public bool Ended { get; private set; }

    /// <summary>Takes bytes off the front.</summary>
    public void Advance(int count) => _start += count;

    /// <summary>
    /// Receives more. What is left unread is at least doubled first, so that reading a long token again and again costs no
    /// more than twice its length, however slowly it comes.
    /// </summary>
    public async ValueTask<FilterFault?> MoreAsync(CancellationToken cancellationToken)
    {
        var wanted = 2L * (_end - _start);
        do
        {
            if (!MakeRoom())
            {
                return FilterFault.Token;
            }

            var count = await answer.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += count;
            Ended = count == 0;
        } while (!Ended && _end - _start < wanted && _end < _buffer.Length);

        return Check();
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_checked, _end, _start) = (_checked - _start, _end - _start, 0);
        }

        if (_end < _buffer.Length)
        {
            return true;
        }

        // Twice the token: it may have the white space and the comma before it, and the quotes.
        if (_buffer.Length / 2 > maxTokenBytes)
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        return true;
    }

    private FilterFault? Check()
    {
        if (!_begun && !SkipByteOrderMark())
        {
            return null;
        }

        var fresh = _buffer.AsSpan(_checked, _end - _checked);
        var whole = Ended ? fresh.Length : fresh.Length - Unfinished(fresh);
        if (!Utf8.IsValid(fresh[..whole]))
        {
            return FilterFault.Charset;
        }

        _checked += whole;
        return null;
    }

    private bool SkipByteOrderMark()
    {
        var first = _buffer.AsSpan(0, _end);
        if (!Ended && first.Length < ByteOrderMark.Length && ByteOrderMark.StartsWith(first))
        {
            return false;
        }

        _begun = true;
        if (first.StartsWith(ByteOrderMark))
        {
            _start = _checked = ByteOrderMark.Length;
        }

        return true;
    }

    /// <summary>How many of the last bytes may be the start of a character whose rest is still to come.</summary>
    private static int Unfinished(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if ((lead & 0xC0) == 0x80)
            {
                continue;
            }

            var needed =
                lead >= 0xF0 ? 4
                : lead >= 0xE0 ? 3
                : lead >= 0xC0 ? 2
                : 1;
            return needed > back ? back : 0;
        }

        return 0;
    }
}
