using CsCheck;
using Integration.Contracts.Identifiers;
using Integration.Contracts.Identifiers.Folding;

namespace Integration.Contracts.Tests.Identifiers;

public class PartyNameTests
{
    [Theory]
    [InlineData("阿依努尔·买买提")]
    [InlineData("阿依努尔\u2022买买提")]
    [InlineData("阿依努尔\u2027买买提")]
    [InlineData("阿依努尔\u0387买买提")]
    [InlineData("阿依努尔\u2219买买提")]
    [InlineData("阿依努尔\u2E31买买提")]
    [InlineData("阿依努尔\u22C5买买提")]
    [InlineData("阿依努尔\u30FB买买提")]
    [InlineData("阿依努尔\uFF65买买提")]
    [InlineData("阿依努尔\uFF0E买买提")]
    [InlineData("阿依努尔.买买提")]
    [InlineData("阿依努尔. 买买提")]
    [InlineData("阿依努尔 ． 买买提")]
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

    /// <summary>One character under two code points, from each table: both ends of each range and what lies between.</summary>
    [Theory]
    [InlineData("王\uE863", "王䶮", "gb18030")]
    [InlineData("王\uE815", "王厂", "gb18030,radical")] // FE50: U+2E81, the radical of 厂
    [InlineData("王\uE816", "王\U00020087", "gb18030")]
    [InlineData("王\uE81E", "王\u9FB4", "gb18030")]
    [InlineData("王\uE831", "王\U000215D7", "gb18030")]
    [InlineData("王\uE843", "王\u9FB9", "gb18030")]
    [InlineData("王\uE864", "王\u9FBB", "gb18030")]
    [InlineData("\u2F00民", "一民", "radical")]
    [InlineData("\u2FD5民", "龠民", "radical")]
    [InlineData("\u2E97民", "心民", "radical")]
    [InlineData("\u2F2D民", "山民", "radical")]
    [InlineData("\uF900生", "豈生", "ideograph")]
    [InlineData("\uF9D1生", "六生", "ideograph")]
    [InlineData("\uFA6A生", "頻生", "ideograph")]
    [InlineData("\U0002F800生", "丽生", "ideograph")]
    [InlineData("\U0002FA1D生", "\U0002A600生", "ideograph")]
    [InlineData("葛\uFE00城", "葛城", "variation-selector")]
    [InlineData("葛\U000E0100城", "葛城", "variation-selector")]
    [InlineData("阿依\u30FB买买提", "阿依·买买提", "dot")]
    [InlineData("Ｓmith John", "Smith John", "width")]
    [InlineData("Jose\u0301 A", "José A", "composition")]
    [InlineData("SMITH JOHN", "Smith  John", "letter-case")]
    [InlineData("SMITH JOHN", "smith\u3000john", "letter-case")]
    [InlineData("JOSÉ A", "Jose\u0301 a", "composition,letter-case")]
    public void Two_spellings_of_one_character_are_one_name(string written, string recorded, string rules)
    {
        var (one, other) = (PartyName.Parse(written).Value, PartyName.Parse(recorded).Value);

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Equal(rules, string.Join(',', CharacterFolding.Names(one.FoldedWith(other))));
    }

    /// <summary>Unified ideographs that stand among the compatibility ones, a private character that no table names, another letter.</summary>
    [Theory]
    [InlineData("\uFA0E生", "\uF900生")]
    [InlineData("王\uE000", "王")]
    [InlineData("王\uE865", "王\u4DAF")]
    [InlineData("Müller", "Mueller")]
    [InlineData("Smith John", "John Smith")]
    [InlineData("公安县AB店", "公安县ab店")]
    [InlineData("己生", "已生")]
    public void What_no_table_says_is_another_name(string one, string other) =>
        Assert.NotEqual(PartyName.Parse(one).Value, PartyName.Parse(other).Value);

    [Fact]
    public void Nothing_is_folded_where_both_write_the_same() =>
        Assert.Equal(FoldingRules.None, PartyName.Parse("（张）").Value.FoldedWith(PartyName.Parse("（张）").Value));

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
    [InlineData("张\uFFFE", "character")]
    [InlineData("张\uFFFF", "character")]
    [InlineData("张\uFDD0", "character")]
    [InlineData("张\U0002FFFE", "character")]
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
