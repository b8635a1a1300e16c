using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>Writes XML in UTF-8 from parts that are known to be sound: names, and text of XML characters.</summary>
internal sealed class XmlSink(PipeWriter output)
{
    private const int MostUtf8PerChar = 3;
    private const int PieceChars = 4 * 1024;

    private static readonly SearchValues<char> s_special = SearchValues.Create("<>&\"\r\n\t");

    /// <summary>Bytes since the last flush.</summary>
    public int Unflushed { get; private set; }

    /// <summary>All bytes.</summary>
    public long Written { get; private set; }

    public void Declaration() => Raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>"u8);

    public void Start(string name)
    {
        Raw("<"u8);
        Plain(name);
    }

    public void Attribute(string name, string value)
    {
        Raw(" "u8);
        Plain(name);
        Raw("=\""u8);
        Escaped(value, inAttribute: true);
        Raw("\""u8);
    }

    public void StartDone() => Raw(">"u8);

    public void Text(ReadOnlySpan<char> text) => Escaped(text, inAttribute: false);

    public void End(string name)
    {
        Raw("</"u8);
        Plain(name);
        Raw(">"u8);
    }

    /// <summary>Hands on what was written.</summary>
    /// <returns>False when the reader of the output wants no more.</returns>
    public async ValueTask<bool> FlushAsync(CancellationToken cancellationToken)
    {
        Unflushed = 0;
        var flushed = await output.FlushAsync(cancellationToken);
        return !flushed.IsCompleted && !flushed.IsCanceled;
    }

    private void Escaped(ReadOnlySpan<char> text, bool inAttribute)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(s_special);
            Plain(plain < 0 ? text : text[..plain]);
            if (plain < 0)
            {
                return;
            }

            Special(text[plain], inAttribute);
            text = text[(plain + 1)..];
        }
    }

    private void Special(char c, bool inAttribute)
    {
        switch (c)
        {
            case '<':
                Raw("&lt;"u8);
                break;
            case '>':
                Raw("&gt;"u8);
                break;
            case '&':
                Raw("&amp;"u8);
                break;
            case '\r':
                Raw("&#13;"u8);
                break;
            case '"' when inAttribute:
                Raw("&quot;"u8);
                break;
            case '\n' when inAttribute:
                Raw("&#10;"u8);
                break;
            case '\t' when inAttribute:
                Raw("&#9;"u8);
                break;
            default:
                Raw([(byte)c]);
                break;
        }
    }

    /// <summary>Characters that need no escape, in pieces that never part a surrogate pair.</summary>
    private void Plain(ReadOnlySpan<char> chars)
    {
        while (!chars.IsEmpty)
        {
            var count = Math.Min(chars.Length, PieceChars);
            if (count < chars.Length && char.IsHighSurrogate(chars[count - 1]))
            {
                count--;
            }

            var written = Encoding.UTF8.GetBytes(chars[..count], output.GetSpan(count * MostUtf8PerChar));
            output.Advance(written);
            Unflushed += written;
            Written += written;
            chars = chars[count..];
        }
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        Unflushed += bytes.Length;
        Written += bytes.Length;
    }
}
