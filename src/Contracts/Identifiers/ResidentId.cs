using System.Globalization;

namespace Integration.Contracts.Identifiers;

/// <summary>
/// Citizen identification number (公民身份号码), GB 11643-1999: 6 digits division, 8 digits birth date, 3 digits sequence,
/// 1 check character (ISO 7064 MOD 11-2). The 15-digit form of before 1999 is accepted and converted.
/// A birth date that does not exist is refused; one in the future is not, because a value has no clock: code that has one
/// asks <see cref="AgeOn"/> (negative before birth), and the registry knows no such person anyway.
/// </summary>
/// <remarks>Personal data: <see cref="ToString"/> is masked; <see cref="Value"/> is the only way to the digits.</remarks>
public readonly record struct ResidentId
{
    private const string CheckCharacters = "10X98765432";
    private static readonly int[] s_weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private ResidentId(string value) => Value = value;

    /// <summary>18 characters, check character upper case.</summary>
    public string Value { get; }

    /// <summary>Date of birth as the number states it.</summary>
    public DateOnly BirthDate => DateOnly.ParseExact(Value.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Division code (GB/T 2260) of the first registration.</summary>
    public string Division => Value[..6];

    /// <summary>Completed years of age on a date; born on 29 February counts from 28 February in other years.</summary>
    public int AgeOn(DateOnly date)
    {
        var years = date.Year - BirthDate.Year;
        return date < BirthDate.AddYears(years) ? years - 1 : years;
    }

    /// <summary>
    /// Reads 18 or 15 characters; full-width digits, white space and a lower-case x are accepted.
    /// Fault codes: <c>missing</c>, <c>length</c>, <c>character</c>, <c>birth-date</c>, <c>checksum</c>.
    /// </summary>
    public static Parsed<ResidentId> Parse(string? text)
    {
        var id = IdentifierText.Compact(text);
        return id.Length switch
        {
            0 => new IdentifierFault("missing", "A resident identity number is needed."),
            15 when IdentifierText.AllDigits(id) => ParseFifteen(id),
            18 when IdentifierText.AllDigits(id.AsSpan(0, 17)) && (char.IsAsciiDigit(id[17]) || id[17] == 'X') =>
                ParseEighteen(id),
            15 or 18 => new IdentifierFault(
                "character",
                "A resident identity number has digits only, with X allowed as the last of 18."
            ),
            _ => new IdentifierFault("length", "A resident identity number has 18 characters (15 in the old form)."),
        };
    }

    /// <inheritdoc />
    public override string ToString() => IdentifierText.Mask(Value, head: 6, tail: 0);

    private static Parsed<ResidentId> ParseFifteen(string id)
    {
        var first17 = string.Concat(id.AsSpan(0, 6), "19", id.AsSpan(6));
        return WithRealBirthDate(first17 + CheckCharacter(first17));
    }

    private static Parsed<ResidentId> ParseEighteen(string id) =>
        id[17] == CheckCharacter(id)
            ? WithRealBirthDate(id)
            : new IdentifierFault("checksum", "The check character of the resident identity number is wrong.");

    private static Parsed<ResidentId> WithRealBirthDate(string id) =>
        DateOnly.TryParseExact(
            id.AsSpan(6, 8),
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var born
        )
        && born.Year >= 1800
            ? new ResidentId(id)
            : new IdentifierFault("birth-date", "The birth date in the resident identity number does not exist.");

    private static char CheckCharacter(string id)
    {
        var sum = 0;
        for (var i = 0; i < s_weights.Length; i++)
        {
            sum += (id[i] - '0') * s_weights[i];
        }

        return CheckCharacters[sum % 11];
    }
}
