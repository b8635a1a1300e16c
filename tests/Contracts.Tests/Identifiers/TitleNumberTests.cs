using CsCheck;
using Integration.Contracts.Identifiers;

namespace Integration.Contracts.Tests.Identifiers;

public class TitleNumberTests
{
    private const string Normal = "鄂（2017）公安县不动产权第0001001号";

    [Theory]
    [InlineData("鄂（2017）公安县不动产权第0001001号")]
    [InlineData("鄂(2017)公安县不动产权第0001001号")]
    [InlineData(" 鄂 ( 2017 ) 公安县 不动产权 第 0001001 号 ")]
    [InlineData("鄂（２０１７）公安县不动产权第０００１００１号")]
    [InlineData("鄂〔2017〕公安县不动产权第0001001号")]
    [InlineData("鄂[2017]公安县不动产权第0001001号")]
    [InlineData("鄂（2017）公安县不动产权第\u200B0001001号\u3000")]
    public void Width_parentheses_and_white_space_do_not_matter(string text) =>
        Assert.Equal(Normal, TitleNumber.Parse(text).Value.Value);

    [Theory]
    [InlineData("公安县房权证斗湖堤字第00012345号")]
    [InlineData("公房权证斗湖堤镇字第2010-00123号")]
    [InlineData("鄂（2017）公安县不动产证明第0001001号")]
    [InlineData("鄂（2020）𠮷田县不动产权第0001001号")]
    public void Older_certificates_registrations_and_rare_place_names_are_read(string text) =>
        Assert.Equal(text, TitleNumber.Parse(text).Value.Value);

    /// <summary>Certificates of before 2015 stay in force, and have no one form.</summary>
    [Theory]
    [InlineData("公安县房权证斗湖堤镇字第00012345号")]
    [InlineData("房权证公字00012345")]
    [InlineData("公房字12345")]
    [InlineData("鄂房权证公安字第2006-0012号")]
    [InlineData("公国用（2008）第01234号")]
    [InlineData("公安县集用（2003）字第12-3号")]
    public void An_older_certificate_has_its_own_form(string text) =>
        Assert.Equal(text, TitleNumber.Parse(text).Value.Value);

    [Theory]
    [InlineData("房权证公字第00012345号", "房权证公字00012345")]
    [InlineData("公国用(2008)第01234号", "公国用［２００８］第０１２３４号")]
    [InlineData("鄂房权证公安字第2006—0012号", "鄂房权证公安字第2006-0012")]
    public void Two_spellings_of_an_older_number_are_one(string one, string other)
    {
        Assert.Equal(TitleNumber.Parse(one).Value, TitleNumber.Parse(other).Value);
        Assert.Equal(TitleNumber.Parse(one).Value.GetHashCode(), TitleNumber.Parse(other).Value.GetHashCode());
    }

    [Theory]
    [InlineData("公房字12345", "公房字12346")]
    [InlineData("公房字12345", "公房字0012345")]
    public void Another_number_is_another_certificate(string one, string other) =>
        Assert.NotEqual(TitleNumber.Parse(one).Value, TitleNumber.Parse(other).Value);

    [Theory]
    [InlineData("没有号码", "structure")]
    [InlineData("公房字<12345>", "structure")]
    [InlineData("AB-12345", "structure")]
    [InlineData(null, "missing")]
    [InlineData(" \u3000", "missing")]
    [InlineData("0001001", "structure")]
    [InlineData("鄂（2017）公安县不动产权第号", "structure")]
    [InlineData("鄂（2017）公安县不动产权0001001号", "structure")]
    [InlineData("鄂（2017）公安县不动产权第0001001", "structure")]
    [InlineData("鄂（2017）公安县不动产权第0001001号'; --", "structure")]
    [InlineData("鄂（2017）公安县不动产权第\uD8420001001号", "structure")]
    public void A_malformed_number_is_refused_with_the_reason(string? text, string code) =>
        Assert.Equal(code, TitleNumber.Parse(text).Fault?.Code);

    [Fact]
    public void More_than_64_characters_are_refused() =>
        Assert.Equal("length", TitleNumber.Parse($"鄂（2017）公安县不动产权第{new string('1', 64)}号").Fault?.Code);

    [Fact]
    public void Reading_the_normal_form_again_changes_nothing() =>
        Gen.Int[0, 9_999_999]
            .Select(number => $"鄂(2024) 公安县不动产权第{number:D7}号")
            .Sample(text =>
            {
                var once = TitleNumber.Parse(text).Value;
                return once == TitleNumber.Parse(once.Value).Value;
            });

    [Fact]
    public void No_text_at_all_makes_it_throw() =>
        Gen.String.Sample(text => TitleNumber.Parse(text).ToString().Length > 0);

    [Fact]
    public void Text_shows_the_province_only() => Assert.Equal("鄂***", $"{TitleNumber.Parse(Normal)}");
}
