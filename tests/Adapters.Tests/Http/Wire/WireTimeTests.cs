using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.Tests.Http.Wire;

public class WireTimeTests
{
    [Theory]
    [InlineData("2026-11-23 10:00:00", "2026-11-23T10:00:00+08:00")]
    [InlineData("2026-11-23 10:00", "2026-11-23T10:00:00+08:00")]
    [InlineData("20261123100000", "2026-11-23T10:00:00+08:00")]
    [InlineData("2026/11/23 10:00:00", "2026-11-23T10:00:00+08:00")]
    [InlineData("2026-11-23T10:00:00", "2026-11-23T10:00:00+08:00")]
    [InlineData("2026-11-23T10:00:00+00:00", "2026-11-23T10:00:00+00:00")]
    [InlineData("1795399200000", "2026-11-23T10:00:00+08:00")]
    [InlineData(null, null)]
    [InlineData("null", null)]
    [InlineData("2026-11-23", null)]
    [InlineData("2026-02-30 10:00:00", null)]
    [InlineData("1900-01-01 00:00:00", null)]
    [InlineData("0000000000000", "1970-01-01T08:00:00+08:00")]
    [InlineData("0001-01-01T00:00:00+14:00", null)]
    public void A_moment_is_read_in_the_spellings_seen_and_in_no_other(string? text, string? expected) =>
        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            WireTime.Parse(text)
        );

    [Fact]
    public void A_moment_is_written_in_Chinas_time() =>
        Assert.Equal("2026-11-23 10:00:00", WireTime.Text(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero)));
}
