using CsCheck;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.Tests.Http.Wire;

public class WireDateTests
{
    [Theory]
    [InlineData("2018-01-15")]
    [InlineData("2018/1/15")]
    [InlineData("20180115")]
    [InlineData("20180115093000")]
    [InlineData("2018-01-15 09:30:00")]
    [InlineData("2018-01-15T09:30:00")]
    [InlineData("2018年1月15日")]
    [InlineData("1515945600000")]
    [InlineData("2018.01.15")]
    [InlineData("2018.1.15")]
    [InlineData("２０１８－０１－１５")]
    [InlineData("2018-01-15T00:00:00+08:00")]
    [InlineData("2018-01-14T16:00:00Z")]
    [InlineData("2018-01-14T23:30:00.000-05:00")]
    [InlineData("2018-01-15 00:00:00.000")]
    [InlineData("2018-01-15 00:00")]
    [InlineData("20180115T093000")]
    public void Every_spelling_seen_is_read(string text) =>
        Assert.Equal(new DateOnly(2018, 1, 15), WireDate.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("长期")]
    [InlineData("1899-12-30")]
    [InlineData("1900-01-01 00:00:00")]
    [InlineData("2018-02-30")]
    [InlineData("0000-00-00")]
    [InlineData("15/01/2018")]
    public void What_is_no_date_is_none(string? text) => Assert.Null(WireDate.Parse(text));

    [Theory]
    [InlineData("长期")]
    [InlineData("永久")]
    [InlineData("长 期")]
    [InlineData("无固定期限")]
    [InlineData("9999-12-31")]
    [InlineData("9999.12.31")]
    [InlineData("9999-12-31T23:59:59+08:00")]
    [InlineData("99991231")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("无")]
    [InlineData("/")]
    [InlineData("1899-12-30")]
    [InlineData(null)]
    public void A_term_without_a_last_day_has_none(string? text)
    {
        var end = WireDate.ReadEnd(text);
        Assert.Equal((false, null), (end.IsUnreadable, end.OrNull));
    }

    /// <summary>What cannot be read is never the same as no date.</summary>
    [Theory]
    [InlineData("2020-13-31")]
    [InlineData("2018-02-30")]
    [InlineData("31.12.2020")]
    [InlineData("2020-12")]
    [InlineData("2020.12/31")]
    [InlineData("二〇二〇年十二月")]
    [InlineData("1850-01-01")]
    [InlineData("2020-12-31T25:00:00")]
    [InlineData("2020-12-31T00:00:00+15:00")]
    [InlineData("期限见背面")]
    public void What_cannot_be_read_is_not_nothing(string text)
    {
        Assert.True(WireDate.Read(text).IsUnreadable);
        Assert.True(WireDate.ReadEnd(text).IsUnreadable);
    }

    [Fact]
    public void No_text_makes_it_throw() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char['0', '9'], 0, 20])
            .Sample(text =>
            {
                _ = WireDate.Parse(text);
            });
}
