using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Integration.Contracts.Identifiers.Folding;

/// <summary>Why a character was read as another one. Each rule is a published table, none is likeness.</summary>
[Flags]
internal enum FoldingRules
{
    None = 0,

    /// <summary>A private-use code point of older editions of GB 18030 (GB 18030-2022).</summary>
    Gb18030 = 1,

    /// <summary>A radical in the place of the ideograph (Unicode, EquivalentUnifiedIdeograph).</summary>
    Radical = 2,

    /// <summary>A compatibility ideograph (Unicode, canonical decomposition).</summary>
    Ideograph = 4,

    /// <summary>A variation selector, which says how a character is drawn and not which it is.</summary>
    VariationSelector = 8,

    /// <summary>A letter and its mark as two code points (Unicode, canonical composition).</summary>
    Composition = 16,

    /// <summary>Another of the dots in names of minorities.</summary>
    Dot = 32,

    /// <summary>A full-width letter, digit or sign.</summary>
    Width = 64,

    /// <summary>Small for capital letters.</summary>
    LetterCase = 128,
}

/// <summary>
/// Reads every spelling of one and the same character as that character: the one place where characters are folded. The runtime's own
/// normalization does nothing beyond ASCII here, because the gateway runs without the ICU library.
/// Table: <c>characters.tsv</c>, made by <c>generate.py</c> from the Unicode character database and GB 18030.
/// </summary>
internal static class CharacterFolding
{
    private const string Table = "characters.tsv";

    /// <summary>The first combining mark, and the first character that the table replaces: most names need no look-up.</summary>
    private const int FirstMark = 0x0300;
    private const int FirstFolded = 0x2E80;

    private static readonly Lazy<Tables> s_tables = new(Tables.Read);

    /// <summary>
    /// Folds a text character by character. Not folded here: width, which depends on where a character stands, and what is only compatible
    /// (<see cref="Compatible"/>).
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="rules">What was used.</param>
    public static List<Rune> Fold(ReadOnlySpan<Rune> text, ref FoldingRules rules)
    {
        var folded = new List<Rune>(text.Length);
        foreach (var rune in text)
        {
            if (IsVariationSelector(rune))
            {
                rules |= FoldingRules.VariationSelector;
            }
            else if (
                folded.Count > 0
                && rune.Value >= FirstMark
                && s_tables.Value.Compositions.TryGetValue((folded[^1].Value, rune.Value), out var composed)
            )
            {
                folded[^1] = new Rune(composed);
                rules |= FoldingRules.Composition;
            }
            else
            {
                folded.Add(Character(rune, ref rules));
            }
        }

        return folded;
    }

    /// <summary>Letters, digits and signs in one width and form (NFKC below U+10000), and characters folded; for texts that are searched for words.</summary>
    public static string Compatible(string text)
    {
        var rules = FoldingRules.None;
        var result = new StringBuilder(text.Length);
        foreach (var rune in Fold([.. text.EnumerateRunes()], ref rules))
        {
            if (s_tables.Value.Compatible.TryGetValue(rune.Value, out var plain))
            {
                result.Append(plain);
            }
            else
            {
                result.Append(rune.IsBmp ? IdentifierText.HalfWidth((char)rune.Value).ToString() : rune.ToString());
            }
        }

        return result.ToString();
    }

    /// <summary>The names of rules, in their order, as evidence has them.</summary>
    public static IEnumerable<string> Names(FoldingRules rules) =>
        Enum.GetValues<FoldingRules>()
            .Where(rule => rule != FoldingRules.None && rules.HasFlag(rule))
            .Select(rule =>
                rule switch
                {
                    FoldingRules.Gb18030 => "gb18030",
                    FoldingRules.Radical => "radical",
                    FoldingRules.Ideograph => "ideograph",
                    FoldingRules.VariationSelector => "variation-selector",
                    FoldingRules.Composition => "composition",
                    FoldingRules.Dot => "dot",
                    FoldingRules.Width => "width",
                    _ => "letter-case",
                }
            );

    /// <summary>Whether it is no character of any text: U+FFFE, U+FFFF and their like, U+FDD0 to U+FDEF (Unicode, 23.7).</summary>
    public static bool IsNoncharacter(Rune rune) =>
        (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    private static Rune Character(Rune rune, ref FoldingRules rules)
    {
        // A private-use code point may stand for a radical, which stands for an ideograph.
        while (rune.Value >= FirstFolded && s_tables.Value.Characters.TryGetValue(rune.Value, out var folded))
        {
            (rune, rules) = (new Rune(folded.To), rules | folded.Rule);
        }

        return rune;
    }

    private static bool IsVariationSelector(Rune rune) =>
        rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180D) or 0x180F;

    private sealed record Tables(
        FrozenDictionary<int, (int To, FoldingRules Rule)> Characters,
        FrozenDictionary<(int Letter, int Mark), int> Compositions,
        FrozenDictionary<int, string> Compatible
    )
    {
        public static Tables Read()
        {
            var characters = new Dictionary<int, (int, FoldingRules)>();
            var compositions = new Dictionary<(int, int), int>();
            var compatible = new Dictionary<int, string>();
            using var stream =
                typeof(CharacterFolding).Assembly.GetManifestResourceStream(Table)
                ?? throw new InvalidOperationException($"{Table} is no resource of this assembly.");
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } line)
            {
                if (line.Split('\t') is [var from, var to, var rule])
                {
                    var (read, replacement) = (CodePoints(from), CodePoints(to));
                    switch (rule)
                    {
                        case "composition":
                            compositions.Add((read[0], read[1]), replacement[0]);
                            break;
                        case "compatibility":
                            compatible.Add(
                                read[0],
                                string.Concat(replacement.Select(codePoint => new Rune(codePoint).ToString()))
                            );
                            break;
                        default:
                            characters.Add(read[0], (replacement[0], RuleOf(rule)));
                            break;
                    }
                }
            }

            return new(
                characters.ToFrozenDictionary(),
                compositions.ToFrozenDictionary(),
                compatible.ToFrozenDictionary()
            );
        }

        private static FoldingRules RuleOf(string rule) =>
            rule switch
            {
                "gb18030" => FoldingRules.Gb18030,
                "radical" => FoldingRules.Radical,
                _ => FoldingRules.Ideograph,
            };

        private static int[] CodePoints(string hex) =>
            [.. hex.Split(' ').Select(part => int.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
    }
}
