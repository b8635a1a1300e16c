using CsCheck;
using Integration.Contracts.Identifiers;
using Integration.Contracts.Tests.Vectors;

namespace Integration.Contracts.Tests.Identifiers;

public class UnitNumberTests
{
    private static readonly Gen<string> s_valid =
        from digits in Gen.Char['0', '9'].Array[25]
        from ownership in Gen.Char["GJZ"]
        from feature in Gen.Char["ABSXCDEFHGWY"]
        from fixture in Gen.Char["FLQW"]
        let text = new string(digits)
        select $"{text[..12]}{ownership}{feature}{text[12..17]}{fixture}{(fixture == 'W' ? "00000000" : text[17..])}";

    public static TheoryData<string, bool> Published => IdentifierVectors.Rows("unitNumbers");

    [Theory]
    [MemberData(nameof(Published))]
    public void The_published_vectors_are_read_as_they_say(string text, bool valid)
    {
        var parsed = UnitNumber.Parse(text);

        Assert.Equal(valid, parsed.IsValid);
        Assert.Equal(text, parsed.Value.Value);
    }

    [Theory]
    [InlineData("421022001001gb00001f00010001")]
    [InlineData("421022 001001 GB00001 F00010001")]
    [InlineData("４２１０２２００１００１ＧＢ００００１Ｆ０００１０００１")]
    public void Case_width_and_white_space_do_not_matter(string text) =>
        Assert.Equal("421022001001GB00001F00010001", UnitNumber.Parse(text).Value.Value);

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "missing")]
    [InlineData("421022001001GB00001F0001000", "length")]
    [InlineData("421022001001GB00001F000100010", "length")]
    [InlineData("42102A001001GB00001F00010001", "division")]
    [InlineData("42102200100XGB00001F00010001", "cadastral")]
    [InlineData("421022001001AB00001F00010001", "feature")]
    [InlineData("421022001001GZ00001F00010001", "feature")]
    [InlineData("421022001001GB0000XF00010001", "sequence")]
    [InlineData("421022001001GB00001X00010001", "fixture")]
    [InlineData("421022001001GB00001F0001000A", "fixture")]
    [InlineData("421022001001GB00001W00010001", "fixture")]
    public void A_malformed_number_is_refused_with_the_part_that_is_wrong(string? text, string code) =>
        Assert.Equal(code, UnitNumber.Parse(text).Fault?.Code);

    [Fact]
    public void Land_without_a_building_ends_in_W_and_zeros() =>
        Assert.True(UnitNumber.Parse("421022001001GB00001W00000000").IsValid);

    [Fact]
    public void Every_valid_number_is_read_back_unchanged() =>
        s_valid.Sample(text => string.Equals(UnitNumber.Parse(text).Value.Value, text, StringComparison.Ordinal));

    [Fact]
    public void No_text_at_all_makes_it_throw() =>
        Gen.String.Sample(text => UnitNumber.Parse(text).ToString().Length > 0);

    [Fact]
    public void Text_never_shows_more_than_the_division() =>
        s_valid.Sample(text =>
        {
            var unit = UnitNumber.Parse(text);
            return !$"{unit.Value} {unit}".Contains(text[6..20], StringComparison.Ordinal);
        });
}
