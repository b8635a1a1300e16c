using Integration.Contracts.Identifiers;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>Kinds of values that bind an answer to its question, each with a normal form.</summary>
internal enum BoundKind
{
    /// <summary>Compared as text, without white space, in half width and upper case.</summary>
    Text,

    /// <summary>Unified social credit code (GB 32100).</summary>
    CreditCode,

    /// <summary>Resident identity number (GB 11643), 15 or 18 digits.</summary>
    ResidentId,

    /// <summary>Number of a real-estate unit.</summary>
    UnitNumber,

    /// <summary>Number of a real-estate certificate.</summary>
    TitleNumber,

    /// <summary>Name of a person or an enterprise.</summary>
    Name,
}

/// <summary>The normal form of a value.</summary>
internal static class BoundKinds
{
    /// <summary>The identifier's own normal form; what is no identifier of the kind is compared as text.</summary>
    public static string Normalise(this BoundKind kind, string text) =>
        kind switch
        {
            BoundKind.CreditCode when CreditCode.Parse(text) is { IsValid: true } code => code.Value.Value,
            BoundKind.ResidentId when ResidentId.Parse(text) is { IsValid: true } id => id.Value.Value,
            BoundKind.UnitNumber when UnitNumber.Parse(text) is { IsValid: true } unit => unit.Value.Value,
            BoundKind.TitleNumber when TitleNumber.Parse(text) is { IsValid: true } title => title.Value.Value,
            BoundKind.Name when PartyName.Parse(text) is { IsValid: true } name => name.Value.Value,
            _ => IdentifierText.Compact(text),
        };
}
