namespace Integration.Contracts.Identifiers;

/// <summary>
/// Unified social credit code (统一社会信用代码), GB 32100-2015: 18 characters of digits and capital letters without
/// I, O, S, V, Z: 1 registering department, 1 kind, 6 digits division, 9 organisation code, 1 check character (weights
/// 3^i mod 31).
/// </summary>
public readonly record struct CreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private CreditCode(string value) => Value = value;

    /// <summary>18 characters, upper case.</summary>
    public string Value { get; }

    /// <summary>
    /// Whether it is that of an individual business (个体工商户: department 9, kind 2), which may be without a name (促进个体工商户发展条例).
    /// </summary>
    public bool IsIndividualBusiness => Value.StartsWith("92", StringComparison.Ordinal);

    /// <summary>
    /// Reads 18 characters; full-width forms, white space and lower case are accepted.
    /// Fault codes: <c>missing</c>, <c>length</c>, <c>character</c>, <c>checksum</c>,
    /// <c>division</c>.
    /// </summary>
    public static Parsed<CreditCode> Parse(string? text)
    {
        var code = IdentifierText.Compact(text);
        if (code.Length == 0)
        {
            return new IdentifierFault("missing", "A unified social credit code is needed.");
        }

        if (code.Length != 18)
        {
            return new IdentifierFault("length", "A unified social credit code has 18 characters.");
        }

        if (code.AsSpan().ContainsAnyExcept(Alphabet))
        {
            return new IdentifierFault(
                "character",
                "A unified social credit code has digits and capital letters only, never I, O, S, V or Z."
            );
        }

        if (code[17] != CheckCharacter(code))
        {
            return new IdentifierFault("checksum", "The check character of the unified social credit code is wrong.");
        }

        return IdentifierText.AllDigits(code.AsSpan(2, 6))
            ? new CreditCode(code)
            : new IdentifierFault("division", "Characters 3 to 8 of a credit code are the division code, digits only.");
    }

    /// <inheritdoc />
    public override string ToString() => IdentifierText.Mask(Value, head: 8, tail: 0);

    private static char CheckCharacter(string code)
    {
        var sum = 0;
        var weight = 1;
        for (var i = 0; i < 17; i++)
        {
            sum += Alphabet.IndexOf(code[i], StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }
}
