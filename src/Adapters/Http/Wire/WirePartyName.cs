using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Http.Wire;

/// <summary>Names that a register does not give.</summary>
internal static class WirePartyName
{
    /// <summary>Whether there is no name, or signs in its place.</summary>
    public static bool IsHidden(string? name) =>
        WireHolders.IsNothing(name) || name!.All(c => c is '*' or '＊' or '×' or '•' || char.IsWhiteSpace(c));

    /// <summary>Whether the party of this code may be without a name.</summary>
    public static bool MayBeMissing(string? code) =>
        CreditCode.Parse(code) is { IsValid: true, Value.IsIndividualBusiness: true };
}
