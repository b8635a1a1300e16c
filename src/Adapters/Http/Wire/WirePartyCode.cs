using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Http.Wire;

/// <summary>
/// The number that identifies a person or an enterprise, in the form in which it is compared: a resident identity number
/// with 18 characters (old registers hold 15), a credit code, or another code that an agency holds, compact and in capitals.
/// </summary>
internal static class WirePartyCode
{
    /// <summary>Null when the agency holds none.</summary>
    public static string? Normalise(string? text)
    {
        var code = WireText.Clean(text);
        if (code is null)
        {
            return null;
        }

        if (ResidentId.Parse(code) is { IsValid: true } resident)
        {
            return resident.Value.Value;
        }

        return CreditCode.Parse(code) is { IsValid: true } enterprise
            ? enterprise.Value.Value
            : string.Concat(code.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
    }
}
