using CsCheck;
using Integration.Contracts.Identifiers;
using Integration.Contracts.Tests.Vectors;

namespace Integration.Contracts.Tests.Identifiers;

public class LicenceIdentifierTests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Valid = "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9";

    /// <summary>Valid identifiers: the check character is found by trying all 36 on the pure system's own congruence.</summary>
    private static readonly Gen<string> s_valid =
        from type in Gen.Char[Alphabet].Array[21]
        from issuer in Gen.Char[Alphabet].Array[1, 18]
        from serial in Gen.Char[Alphabet].Array[1, 22]
        from version in Gen.Char[Alphabet].Array[3]
        let middle = $"{new string(type)}.{new string(issuer)}.{new string(serial)}.{new string(version)}"
        select $"1.2.156.3005.2.{middle}.{Check(middle.Replace(".", "", StringComparison.Ordinal))}";

    public static TheoryData<string, bool> Published => IdentifierVectors.Rows("licenceIdentifiers");

    [Theory]
    [MemberData(nameof(Published))]
    public void The_published_vectors_are_read_as_they_say(string text, bool valid)
    {
        var parsed = LicenceIdentifier.Parse(text);

        Assert.Equal(valid ? null : "checksum", parsed.Fault?.Code);
        if (valid)
        {
            Assert.Equal(text, parsed.Value.Value);
        }
    }

    [Fact]
    public void Case_width_and_white_space_do_not_matter()
    {
        var expected = LicenceIdentifier.Parse(Valid).Value;

        Assert.Equal(expected, LicenceIdentifier.Parse(Valid.ToLowerInvariant()).Value);
        Assert.Equal(expected, LicenceIdentifier.Parse(Mutation.FullWidth(Valid)).Value);
        Assert.Equal(expected, LicenceIdentifier.Parse($" {Valid}\n").Value);
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "missing")]
    [InlineData("1.2.156.3005.3.11100000MB03271699022.340100.000000016.001.9", "structure")]
    [InlineData("1.2.156.3005.2.11100000MB0327169902.340100.000000016.001.9", "structure")]
    [InlineData("1.2.156.3005.2.11100000MB03271699022..000000016.001.9", "structure")]
    [InlineData("1.2.156.3005.2.11100000MB03271699022.340100.000000016.01.9", "structure")]
    [InlineData("1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.", "structure")]
    [InlineData("1.2.156.3005.2.11100000MB03271699022.340100.000000016.001", "structure")]
    [InlineData("1.2.156.3005.2.11100000MB03271699022.34-100.000000016.001.9", "structure")]
    [InlineData("1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.8", "checksum")]
    public void A_malformed_identifier_is_refused_with_the_reason(string? text, string code) =>
        Assert.Equal(code, LicenceIdentifier.Parse(text).Fault?.Code);

    [Fact]
    public void More_than_128_characters_are_refused() =>
        Assert.Equal("length", LicenceIdentifier.Parse(new string('1', 129)).Fault?.Code);

    [Fact]
    public void Every_valid_identifier_is_read_back_unchanged() =>
        s_valid.Sample(text =>
            string.Equals(LicenceIdentifier.Parse(text).Value.Value, text, StringComparison.Ordinal)
        );

    [Fact]
    public void Any_one_character_changed_is_refused() =>
        Mutation.OneCharacter(s_valid, Alphabet).Sample(text => !LicenceIdentifier.Parse(text).IsValid);

    [Fact]
    public void No_text_at_all_makes_it_throw() =>
        Gen.String.Sample(text => LicenceIdentifier.Parse(text).ToString().Length > 0);

    [Fact]
    public void Text_never_shows_type_issuer_or_serial() =>
        s_valid.Sample(text =>
        {
            var identifier = LicenceIdentifier.Parse(text);
            return !$"{identifier.Value} {identifier}".Contains(text[15..36], StringComparison.Ordinal)
                && !$"{identifier.Value} {identifier}".Contains(text[36..], StringComparison.Ordinal);
        });

    /// <summary>ISO 7064 hybrid system: with the right check character the recursion ends at 1.</summary>
    private static char Check(string text) =>
        Alphabet.First(candidate =>
        {
            var p = 36;
            foreach (var c in text)
            {
                var s = (p + Alphabet.IndexOf(c, StringComparison.Ordinal)) % 36;
                p = 2 * (s == 0 ? 36 : s) % 37;
            }

            return (p + Alphabet.IndexOf(candidate, StringComparison.Ordinal)) % 36 == 1;
        });
}
