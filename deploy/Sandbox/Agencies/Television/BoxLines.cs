using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Integration.Sandbox.Agencies.Television;

/// <summary>The format of the box: every field quoted, lines end with CRLF, the last line <c>"99","n"</c> counts those before it.</summary>
internal static partial class BoxLines
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>The lines without the last; null when anything is not as agreed.</summary>
    public static IReadOnlyList<string[]>? Read(ReadOnlySpan<byte> file)
    {
        string text;
        try
        {
            text = Strict.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        if (!WholeFile().IsMatch(text))
        {
            return null;
        }

        var lines = text[..^2]
            .Split("\r\n")
            .Select(line =>
                Field()
                    .Matches(line)
                    .Select(field => field.Groups["text"].Value.Replace("\"\"", "\"", StringComparison.Ordinal))
                    .ToArray()
            )
            .ToList();
        return lines[^1] is ["99", var count] && count == (lines.Count - 1).ToString(CultureInfo.InvariantCulture)
            ? lines[..^1]
            : null;
    }

    public static byte[] Write(IReadOnlyList<string[]> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.Append(["99", lines.Count.ToString(CultureInfo.InvariantCulture)]))
        {
            text.AppendJoin(',', line.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))
                .Append("\r\n");
        }

        return Strict.GetBytes(text.ToString());
    }

    [GeneratedRegex(
        "^(\"([^\"\r\n]|\"\")*\"(,\"([^\"\r\n]|\"\")*\")*\r\n)+\\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex WholeFile();

    [GeneratedRegex("\"(?<text>([^\"]|\"\")*)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Field();
}
