using System.Text.RegularExpressions;

namespace Integration.Contracts.Identifiers;

/// <summary>
/// Electronic licence identifier (电子证照标识), GB/T 36904-2018:
/// <c>1.2.156.3005.2.&lt;type 21&gt;.&lt;issuer&gt;.&lt;serial&gt;.&lt;version 3&gt;.&lt;check&gt;</c>;
/// the check character is ISO 7064 MOD 37,36 over the four parts in the middle, without the dots.
/// </summary>
public readonly partial record struct LicenceIdentifier
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int Modulus = 36;
    private const int Longest = 128;

    private LicenceIdentifier(string value) => Value = value;

    /// <summary>The identifier with its dots, upper case; at most 128 characters.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads an identifier; full-width forms, white space and lower case are accepted.
    /// Fault codes: <c>missing</c>, <c>length</c>, <c>structure</c>, <c>checksum</c>.
    /// </summary>
    public static Parsed<LicenceIdentifier> Parse(string? text)
    {
        var identifier = IdentifierText.Compact(text);
        if (identifier.Length == 0)
        {
            return new IdentifierFault("missing", "An electronic licence identifier is needed.");
        }

        if (identifier.Length > Longest)
        {
            return new IdentifierFault("length", "An electronic licence identifier has at most 128 characters.");
        }

        var match = Structure().Match(identifier);
        if (!match.Success)
        {
            return new IdentifierFault(
                "structure",
                "A licence identifier is 1.2.156.3005.2, type (21), issuer, serial, version (3) and check, joined by dots."
            );
        }

        var middle = match.Groups["middle"].Value.Replace(".", string.Empty, StringComparison.Ordinal);
        return identifier[^1] == CheckCharacter(middle)
            ? new LicenceIdentifier(identifier)
            : new IdentifierFault("checksum", "The check character of the licence identifier is wrong.");
    }

    /// <inheritdoc />
    public override string ToString() => IdentifierText.Mask(Value, head: 14, tail: 0);

    private static char CheckCharacter(string text)
    {
        var product = Modulus;
        foreach (var c in text)
        {
            var sum = (product + Alphabet.IndexOf(c, StringComparison.Ordinal)) % Modulus;
            product = (sum == 0 ? Modulus : sum) * 2 % (Modulus + 1);
        }

        return Alphabet[(Modulus + 1 - product) % Modulus];
    }

    [GeneratedRegex(
        @"^1\.2\.156\.3005\.2\.(?<middle>[0-9A-Z]{21}\.[0-9A-Z]+\.[0-9A-Z]+\.[0-9A-Z]{3})\.[0-9A-Z]$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Structure();
}
