using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Http.Wire;

/// <summary>The number that identifies a person or an enterprise, as a register holds it; how two are compared: <see cref="PartyCode"/>.</summary>
internal static class WirePartyCode
{
    /// <summary>Null when the agency holds none.</summary>
    public static string? Normalise(string? text) =>
        WireText.Clean(text) is { } code ? PartyCode.Normalise(code) : null;

    /// <summary>Whether a record may be about the holder who was asked for: it names that code, or one that cannot be held against it.</summary>
    public static bool MayBe(string asked, string? recorded) =>
        PartyCode.Compare(asked, recorded) != CodeComparison.Other;
}
