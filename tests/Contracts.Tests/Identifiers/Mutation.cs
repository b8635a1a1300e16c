using CsCheck;

namespace Integration.Contracts.Tests.Identifiers;

/// <summary>One character of a text exchanged for another one of an alphabet.</summary>
internal static class Mutation
{
    public static Gen<string> OneCharacter(Gen<string> texts, string alphabet) =>
        from text in texts
        from position in Gen.Int[0, text.Length - 1]
        where alphabet.Contains(text[position], StringComparison.Ordinal)
        from other in Gen.Char[alphabet]
        where other != text[position]
        select string.Concat(text.AsSpan(0, position), other.ToString(), text.AsSpan(position + 1));

    public static string FullWidth(string text) =>
        string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c));
}
