using System.Globalization;
using System.Text;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Utilities.Television;

/// <summary>
/// A file of the box: lines of quoted fields between commas, each line begins with its kind, ends with CRLF, and the last one
/// (<c>99</c>) counts those before it. A file that was cut anywhere is no file.
/// </summary>
internal sealed record BoxFile(IReadOnlyList<IReadOnlyList<string>> Lines)
{
    private const string Trailer = "99";
    private const string End = "\r\n";
    private const int MostLines = 1000;

    private static readonly AgencyFailure s_unreadable = AgencyFailures.Unreadable("csv");

    /// <inheritdoc />
    public override string ToString() => nameof(BoxFile);

    /// <summary>The lines of one kind, without the kind.</summary>
    public IEnumerable<IReadOnlyList<string>> LinesOf(string kind) =>
        Lines.Where(line => line[0] == kind).Select(line => (IReadOnlyList<string>)[.. line.Skip(1)]);

    /// <summary>UTF-8 without a mark. A line break inside a field becomes a space: the format has none.</summary>
    public byte[] Bytes()
    {
        var text = new StringBuilder();
        IReadOnlyList<string> trailer = [Trailer, Lines.Count.ToString(CultureInfo.InvariantCulture)];
        foreach (var line in Lines.Append(trailer))
        {
            text.AppendJoin(',', line.Select(Quoted)).Append(End);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static WireRead<BoxFile> Read(string text)
    {
        if (!text.EndsWith(End, StringComparison.Ordinal))
        {
            return s_unreadable;
        }

        var lines = new List<IReadOnlyList<string>>();
        foreach (var line in text[..^End.Length].Split(End))
        {
            if (lines.Count > MostLines || Fields(line) is not { } fields)
            {
                return s_unreadable;
            }

            lines.Add(fields);
        }

        return
            lines[^1] is [Trailer, var count]
            && count == (lines.Count - 1).ToString(CultureInfo.InvariantCulture)
            && lines.Take(lines.Count - 1).All(line => line[0] != Trailer)
            ? new BoxFile([.. lines.Take(lines.Count - 1)])
            : s_unreadable;
    }

    private static string Quoted(string field) =>
        $"\"{string.Join(' ', field.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Null when anything stands outside quotes but the commas.</summary>
    private static List<string>? Fields(string line)
    {
        var fields = new List<string>();
        var at = 0;
        while (at < line.Length && line[at] == '"')
        {
            var field = new StringBuilder();
            var isClosed = false;
            for (at++; at < line.Length && !isClosed; at++)
            {
                if (line[at] != '"')
                {
                    field.Append(line[at]);
                }
                else if (at + 1 < line.Length && line[at + 1] == '"')
                {
                    field.Append('"');
                    at++;
                }
                else
                {
                    isClosed = true;
                }
            }

            if (!isClosed)
            {
                return null;
            }

            fields.Add(field.ToString());
            if (at == line.Length)
            {
                return fields;
            }

            if (line[at++] != ',')
            {
                return null;
            }
        }

        return null;
    }
}
