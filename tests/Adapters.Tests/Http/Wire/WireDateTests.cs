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

    [Fact]
    public void No_text_makes_it_throw() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char['0', '9'], 0, 20])
            .Sample(text =>
            {
                _ = WireDate.Parse(text);
            });
}
