using System.Text;
using CsCheck;

namespace Integration.Fuzzing;

/// <summary>Makes new inputs of known ones: bits, bytes, lengths, words of the formats, pieces of another input.</summary>
internal sealed class InputMutator(IReadOnlyList<byte[]> corpus, long seed)
{
    private const int MostSteps = 6;

    private static readonly byte[][] s_words =
    [
        .. new[]
        {
            "\0",
            "\r\n",
            "\uFEFF",
            "\uFFFE",
            "\uFFFF",
            "\uD7FF",
            "\u2028",
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "null",
            "\"null\"",
            "1e999",
            "-0",
            "\\u0000",
            "\\ud800",
            "<",
            "</",
            "/>",
            "&#0;",
            "&lt;",
            "&amp;#x10FFFF;",
            "<![CDATA[",
            "]]>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
            "xmlns=",
            "Content-Length: ",
            "Transfer-Encoding: chunked\r\n",
            "+",
            "%2e%2e",
            "0x",
            ";",
            "张",
            "·",
            "（",
            "\U00020000",
            "9999-12-31",
            "1899-12-30",
        }.Select(Encoding.UTF8.GetBytes),
        [0x80],
        [0xFF],
        [0x30, 0x80],
        [0x84, 0x7F, 0xFF, 0xFF, 0xFF],
        [0xC0, 0xAF],
        [0xED, 0xA0, 0x80],
    ];

    private readonly PCG _random = new(stream: 1, (ulong)seed);

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var input = Pick(corpus).ToList();
        for (var steps = 1 + Below(MostSteps); steps > 0; steps--)
        {
            Mutate(input);
        }

        return [.. input.Take(FuzzTarget.LongestInput)];
    }

    private void Mutate(List<byte> input)
    {
        var at = Below(input.Count + 1);
        var length = Math.Min(1 + Below(16), input.Count - at);
        switch (Below(9))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << Below(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)Below(256);
                break;
            case 2:
                input.Insert(at, (byte)Below(256));
                break;
            case 3:
                input.RemoveRange(at, length);
                break;
            case 4:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 5:
                input.InsertRange(at, Pick(s_words));
                break;
            case 6:
                var other = Pick(corpus);
                var from = Below(other.Length + 1);
                input.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 64)).ToArray());
                break;
            case 7: // the same many times: depth, width, numbers of things
                var piece = input.GetRange(at, length);
                for (var times = 2 + Below(38); times > 0; times--)
                {
                    input.InsertRange(at, piece);
                }

                break;
            default:
                input.RemoveRange(at, input.Count - at);
                break;
        }
    }

    private int Below(int end) => (int)_random.Next((uint)end);

    private T Pick<T>(IReadOnlyList<T> all) => all[Below(all.Count)];
}
