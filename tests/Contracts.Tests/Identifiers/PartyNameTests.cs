using CsCheck;
using Integration.Contracts.Identifiers;

namespace Integration.Contracts.Tests.Identifiers;

public class PartyNameTests
{
    [Theory]
    [InlineData("阿依努尔·买买提")]
    [InlineData("阿依努尔\u2022买买提")]
    [InlineData("阿依努尔\u2027买买提")]
    [InlineData("阿依努尔\u2219买买提")]
    [InlineData("阿依努尔\u22C5买买提")]
    [InlineData("阿依努尔\u30FB买买提")]
    [InlineData("阿依努尔\uFF65买买提")]
    [InlineData("阿依努尔\uFF0E买买提")]
    [InlineData("阿依努尔.买买提")]
    [InlineData("阿依努尔 · 买买提")]
    public void Every_dot_that_people_type_is_the_middle_dot(string text) =>
        Assert.Equal("阿依努尔\u00B7买买提", PartyName.Parse(text).Value.Value);

    [Theory]
    [InlineData("张 三", "张三")]
    [InlineData("\u3000张三\n", "张三")]
    [InlineData("张\u200B三\uFEFF", "张三")]
    [InlineData("公安县示例(荆州)有限公司", "公安县示例（荆州）有限公司")]
    [InlineData("公安县ＡＢ１有限公司", "公安县AB1有限公司")]
    [InlineData("公安县3.5度咖啡店", "公安县3.5度咖啡店")]
    [InlineData("John  A.\tSmith", "John A. Smith")]
    [InlineData("Smith (Holdings)", "Smith (Holdings)")]
    public void A_name_has_one_normal_form(string text, string normal) =>
        Assert.Equal(normal, PartyName.Parse(text).Value.Value);

    [Theory]
    [InlineData("𠮷田䶮")]
    [InlineData("李〇")]
    [InlineData("王㛃")]
    [InlineData("\U00030EDD三")]
    public void Rare_characters_stay_as_they_are(string text) => Assert.Equal(text, PartyName.Parse(text).Value.Value);

    [Fact]
    public void A_look_alike_is_another_name() =>
        Assert.NotEqual(PartyName.Parse("吉田").Value, PartyName.Parse("𠮷田").Value);

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "missing")]
    [InlineData(" \u3000\u200B", "missing")]
    [InlineData("张\u0000三", "character")]
    [InlineData("张\u001B三", "character")]
    [InlineData("张\uFFFD", "character")]
    [InlineData("张\uD842", "character")]
    [InlineData("\uDFB7张", "character")]
    public void A_malformed_name_is_refused_with_the_reason(string? text, string code) =>
        Assert.Equal(code, PartyName.Parse(text).Fault?.Code);

    [Fact]
    public void More_than_200_characters_are_refused()
    {
        Assert.True(PartyName.Parse(new string('张', 200)).IsValid);
        Assert.Equal("length", PartyName.Parse(new string('张', 201)).Fault?.Code);
    }

    [Fact]
    public void Reading_the_normal_form_again_changes_nothing() =>
        Gen.OneOf(Gen.Char, Gen.Char["张三·. ()（）\u2022\u200BaＡ"])
            .Array[0, 20]
            .Sample(characters =>
                PartyName.Parse(new string(characters)) is not { IsValid: true, Value: var once }
                || once == PartyName.Parse(once.Value).Value
            );

    [Fact]
    public void Text_shows_nothing_of_a_name()
    {
        var name = PartyName.Parse("阿依努尔·买买提");

        Assert.Equal("*** ***", $"{name} {name.Value}");
    }
}
