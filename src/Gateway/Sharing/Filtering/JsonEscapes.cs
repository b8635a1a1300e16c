using System.Buffers.Text;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>Escapes inside JSON strings whose syntax was checked.</summary>
internal static class JsonEscapes
{
    private const int UnicodeEscape = 6;

    /// <summary>Whether each escaped surrogate has its other half, so that the string is text for every reader.</summary>
    public static bool ArePaired(ReadOnlySpan<byte> text)
    {
        for (var i = text.IndexOf((byte)'\\'); i < text.Length && i >= 0; )
        {
            var unit = Unit(text[i..]);
            if (char.IsLowSurrogate(unit))
            {
                return false;
            }

            i += text[i + 1] == 'u' ? UnicodeEscape : 2;
            if (char.IsHighSurrogate(unit))
            {
                if (!char.IsLowSurrogate(Unit(text[i..])))
                {
                    return false;
                }

                i += UnicodeEscape;
            }

            var next = text[i..].IndexOf((byte)'\\');
            i = next < 0 ? -1 : i + next;
        }

        return true;
    }

    /// <summary>The code unit of the <c>\uXXXX</c> that the text starts with; NUL when it starts with something else.</summary>
    private static char Unit(ReadOnlySpan<byte> text) =>
        text.Length >= UnicodeEscape
        && text[0] == '\\'
        && text[1] == 'u'
        && Utf8Parser.TryParse(text[2..UnicodeEscape], out ushort unit, out var used, 'x')
        && used == UnicodeEscape - 2
            ? (char)unit
            : '\0';
}
