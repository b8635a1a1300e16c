using CsCheck;
using Integration.Contracts.Identifiers;
using Integration.Contracts.Tests.Vectors;

namespace Integration.Contracts.Tests.Identifiers;

public class CreditCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly int[] s_weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <summary>Valid codes, the weights written out as GB 32100 prints them.</summary>
    private static readonly Gen<string> s_valid =
        from kind in Gen.Char["159ANY"]
        from division in Gen.Int[110000, 659999]
        from organisation in Gen.Char[Alphabet].Array[9]
        let first17 = $"{kind}1{division}{new string(organisation)}"
        select first17 + Check(first17);

    public static TheoryData<string, bool> Published => IdentifierVectors.Rows("creditCodes");

    [Theory]
    [MemberData(nameof(Published))]
    public void The_published_vectors_are_read_as_they_say(string text, bool valid)
    {
        var parsed = CreditCode.Parse(text);

        Assert.Equal(valid, parsed.IsValid);
        Assert.Equal(text, parsed.Value.Value);
    }

    [Theory]
    [InlineData("91350100m000100y43")]
    [InlineData("9135 0100 M000 100Y 43")]
    [InlineData("９１３５０１００Ｍ０００１００Ｙ４３")]
    public void Case_width_and_white_space_do_not_matter(string text) =>
        Assert.Equal("91350100M000100Y43", CreditCode.Parse(text).Value.Value);

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("  ", "missing")]
    [InlineData("91350100M000100Y4", "length")]
    [InlineData("91350100M000100Y433", "length")]
    [InlineData("91350100I000100Y43", "character")]
    [InlineData("91350100O000100Y43", "character")]
    [InlineData("91350100S000100Y43", "character")]
    [InlineData("91350100V000100Y43", "character")]
    [InlineData("91350100Z000100Y43", "character")]
    [InlineData("91350100-000100Y43", "character")]
    [InlineData("91350100公000100Y43", "character")]
    [InlineData("91350100M000100Y44", "checksum")]
    public void A_malformed_code_is_refused_with_the_reason(string? text, string code) =>
        Assert.Equal(code, CreditCode.Parse(text).Fault?.Code);

    [Fact]
    public void A_division_with_letters_is_refused_even_with_a_right_check_character()
    {
        const string First17 = "9142A022MA49TEXT6";

        Assert.Equal("division", CreditCode.Parse(First17 + Check(First17)).Fault?.Code);
    }

    [Fact]
    public void Every_valid_code_is_read_back_unchanged() =>
        s_valid.Sample(text => string.Equals(CreditCode.Parse(text).Value.Value, text, StringComparison.Ordinal));

    [Fact]
    public void Any_one_character_changed_is_refused() =>
        Mutation.OneCharacter(s_valid, Alphabet).Sample(text => !CreditCode.Parse(text).IsValid);

    [Fact]
    public void No_text_at_all_makes_it_throw() =>
        Gen.String.Sample(text => CreditCode.Parse(text).ToString().Length > 0);

    [Fact]
    public void Text_never_shows_the_organisation() =>
        s_valid.Sample(text =>
        {
            var code = CreditCode.Parse(text);
            return !$"{code.Value} {code}".Contains(text[8..], StringComparison.Ordinal);
        });

    private static char Check(string first17)
    {
        var sum = first17.Select((c, i) => Alphabet.IndexOf(c, StringComparison.Ordinal) * s_weights[i]).Sum();
        return Alphabet.First(c => (sum + Alphabet.IndexOf(c, StringComparison.Ordinal)) % 31 == 0);
    }
}
