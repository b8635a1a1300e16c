using System.Globalization;
using CsCheck;

namespace Integration.Gateway.Tests.Sharing.Filtering;

/// <summary>Random documents over few names, so that grants meet them often; every value is a marker of its own.</summary>
internal static class Documents
{
    public static readonly string[] Names = ["a", "b", "Aa", "aA", "名"];

    private static readonly string[] s_spaces = ["", "", "", " ", "\n\t", "    "];

    /// <summary>Paths of up to three names.</summary>
    public static Gen<string[]> Grants { get; } =
        Gen.Int[0, Names.Length - 1]
            .Array[1, 3]
            .Select(picks => string.Join('/', picks.Select(pick => Names[pick])))
            .Array[1, 4];

    /// <summary>Sizes of the pieces in which an answer arrives.</summary>
    public static Gen<int[]> Pieces { get; } =
        Gen.OneOf(Gen.Const(new[] { 1 }), Gen.Const(Array.Empty<int>()), Gen.Int[1, 9].Array[1, 8]);

    /// <summary>A stream of choices that a document is built from.</summary>
    public static Gen<int[]> Choices { get; } = Gen.Int[0, 1_000_000].Array[1, 60];

    /// <summary>The same ones each time, to be counted: what a count of random ones comes to varies.</summary>
    public static IEnumerable<T> Same<T>(Gen<T> documents, int count)
    {
        var random = new PCG(stream: 1, seed: 20261123);
        for (var i = 0; i < count; i++)
        {
            yield return documents.Generate(random, min: null, out _);
        }
    }

    public static string Json(int[] choices) => new JsonBuilder(choices).Value(0);

    public static string Xml(int[] choices) => new XmlBuilder(choices).Element(0);

    private abstract class Builder(int[] choices)
    {
        private int _next;
        private int _marker;

        protected int Pick(int count) =>
            choices[_next++ % choices.Length] / (1 + ((_next - 1) / choices.Length)) % count;

        protected bool IsLong => _next > 150;

        protected string Space => s_spaces[Pick(s_spaces.Length)];

        protected string Marker() => string.Create(CultureInfo.InvariantCulture, $"{++_marker}");
    }

    private sealed class JsonBuilder(int[] choices) : Builder(choices)
    {
        public string Value(int depth) => Space + Bare(depth) + Space;

        private string Bare(int depth) =>
            (depth > 6 || IsLong ? 2 + Pick(6) : Pick(8)) switch
            {
                0 =>
                    $"{{{string.Join(',', Enumerable.Range(0, Pick(4)).Select(_ => Space + Name() + Space + ":" + Value(depth + 1)))}}}",
                1 => $"[{string.Join(',', Enumerable.Range(0, Pick(4)).Select(_ => Value(depth + 1)))}]",
                2 => $"\"m{Marker()}.\"",
                3 => $"\"m{Marker()}.\\u5f20\\\"\\n\\ud83d\\ude00 <张>\"",
                4 => $"{Marker()}.5E-1",
                5 => "true",
                6 => "null",
                _ => $"[{{{Name()}:{Value(depth + 2)}}}]",
            };

        private string Name()
        {
            var name = Names[Pick(Names.Length)];
            return Pick(6) switch
            {
                0 => $"\"\\u{(int)name[0]:x4}{name[1..]}\"",
                1 => $"\"x{Marker()}\"",
                _ => $"\"{name}\"",
            };
        }
    }

    private sealed class XmlBuilder(int[] choices) : Builder(choices)
    {
        public string Element(int depth)
        {
            var name = Names[Pick(Names.Length)];
            var attributes = Pick(3) == 0 ? $" a='m{Marker()}.' b=\"m{Marker()}.&#10;&lt;'\"" : "";
            var content = string.Concat(
                Enumerable.Range(0, depth > 6 || IsLong ? 1 : Pick(5)).Select(_ => Content(depth))
            );
            return content.Length == 0 && Pick(2) == 0
                ? $"<{name}{attributes}/>"
                : $"<{name}{attributes}>{content}</{name} >";
        }

        private string Content(int depth) =>
            (depth > 6 || IsLong ? 3 + Pick(5) : Pick(8)) switch
            {
                0 or 1 or 2 => Element(depth + 1),
                3 => $"m{Marker()}.",
                4 => $"m{Marker()}.&lt;&amp;&#x5f20;\r\n😀&#13;",
                5 => $"<![CDATA[m{Marker()}.<]]>",
                6 => $"<!-- m{Marker()}. > ' -->",
                _ => Space,
            };
    }
}
