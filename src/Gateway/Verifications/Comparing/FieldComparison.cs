using Integration.Contracts.Identifiers;
using Integration.Contracts.Identifiers.Folding;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>How one field of a claim compares with a record. Pure.</summary>
/// <param name="Field">One of <see cref="Fields"/>.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Folded">The tables by which characters of both were read as the same.</param>
internal readonly record struct FieldComparison(
    string Field,
    CodeComparison Result,
    FoldingRules Folded = FoldingRules.None
)
{
    private const char Hidden = '*';

    public static FieldComparison From(string field, bool differs) =>
        new(field, differs ? CodeComparison.Other : CodeComparison.Same);

    /// <summary>A name that the register hides, wholly or in part, is not comparable unless what it shows is another name's.</summary>
    public static FieldComparison OfName(string field, PartyName? claimed, PartyName? recorded) =>
        (claimed, recorded) switch
        {
            (null, _) or (_, null) => new(field, CodeComparison.NotComparable),
            ({ } one, { } other) when one == other => new(field, CodeComparison.Same, one.FoldedWith(other)),
            ({ } one, { } other) when other.Value.Contains(Hidden, StringComparison.Ordinal) => new(
                field,
                Fits(one.Value, other.Value) ? CodeComparison.NotComparable : CodeComparison.Other
            ),
            _ => new(field, CodeComparison.Other),
        };

    /// <summary>A code that the register does not hold, hides, or holds in another system is not comparable. Nothing is compared that was not claimed.</summary>
    public static IReadOnlyList<FieldComparison> OfCode(string field, string? claimed, string? recorded) =>
        claimed is null ? [] : [new(field, PartyCode.Compare(claimed, recorded))];

    private static bool Fits(string name, string masked)
    {
        var (head, tail) = (masked[..masked.IndexOf(Hidden)], masked[(masked.LastIndexOf(Hidden) + 1)..]);
        return head.Length + tail.Length < name.Length
            && name.StartsWith(head, StringComparison.Ordinal)
            && name.EndsWith(tail, StringComparison.Ordinal);
    }
}
