namespace Integration.Contracts.Identifiers;

/// <summary>
/// Real-estate unit code (不动产单元代码), GB/T 37346-2019: 28 characters without a check digit. Division 6, cadastral zone 3,
/// cadastral sub-zone 3, feature letters 2, parcel sequence 5, fixture letter 1, fixture number 8.
/// </summary>
public readonly record struct UnitNumber
{
    private const int Length = 28;

    private UnitNumber(string value) => Value = value;

    /// <summary>28 characters, upper case.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads 28 characters; full-width forms, white space and lower case are accepted.
    /// Fault codes: <c>missing</c>, <c>length</c>, <c>division</c>, <c>cadastral</c>, <c>feature</c>, <c>sequence</c>,
    /// <c>fixture</c>.
    /// </summary>
    public static Parsed<UnitNumber> Parse(string? text)
    {
        var unit = IdentifierText.Compact(text);
        if (unit.Length == 0)
        {
            return new IdentifierFault("missing", "A real-estate unit number is needed.");
        }

        if (unit.Length != Length)
        {
            return new IdentifierFault("length", "A real-estate unit number has 28 characters.");
        }

        return FaultIn(unit) is { } fault ? fault : new UnitNumber(unit);
    }

    /// <inheritdoc />
    public override string ToString() => IdentifierText.Mask(Value, head: 6, tail: 0);

    private static IdentifierFault? FaultIn(string unit)
    {
        if (!IdentifierText.AllDigits(unit.AsSpan(0, 6)))
        {
            return new("division", "Characters 1 to 6 of a unit number are the division code, digits only.");
        }

        if (!IdentifierText.AllDigits(unit.AsSpan(6, 6)))
        {
            return new("cadastral", "Characters 7 to 12 of a unit number are the cadastral zones, digits only.");
        }

        if (unit[12] is not ('G' or 'J' or 'Z') || !"ABSXCDEFHGWY".Contains(unit[13], StringComparison.Ordinal))
        {
            return new("feature", "Characters 13 and 14 of a unit number are G, J or Z and one of ABSXCDEFHGWY.");
        }

        if (!IdentifierText.AllDigits(unit.AsSpan(14, 5)))
        {
            return new("sequence", "Characters 15 to 19 of a unit number are the parcel sequence, digits only.");
        }

        var fixtureNumber = unit.AsSpan(20, 8);
        var fixtureIsValid = unit[19] switch
        {
            'F' or 'L' or 'Q' => IdentifierText.AllDigits(fixtureNumber),
            'W' => fixtureNumber.SequenceEqual("00000000"),
            _ => false,
        };
        return fixtureIsValid
            ? null
            : new("fixture", "Character 20 of a unit number is F, L or Q with 8 digits, or W with 8 zeros.");
    }
}
