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

    [Theory]
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
