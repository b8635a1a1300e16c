using Integration.Gateway.Events.CatchUp;
using Integration.Gateway.Events.Sources;

namespace Integration.Gateway.Tests.Events;

public sealed class SweepKeyTests
{
    private static readonly TimeOnly s_at = new(1, 30);
    private static readonly EventSource s_source = new(new EventSourceOptions { Source = new string('s', 128) }, []);

    [Theory]
    [InlineData("2026-11-23T01:29:59+08:00", "2026-11-23T01:30:00+08:00")]
    [InlineData("2026-11-23T01:30:00+08:00", "2026-11-24T01:30:00+08:00")]
    [InlineData("2026-12-31T20:00:00+08:00", "2027-01-01T01:30:00+08:00")]
    public void The_next_sweep_is_at_the_next_such_time(string now, string due) =>
        Assert.Equal(At(due), SweepKey.Next(s_source, s_at, At(now)).DueAt(s_at));

    [Fact]
    public void A_key_says_since_when_is_asked_however_late_it_is_handled()
    {
        var key = SweepKey.Next(s_source, s_at, At("2026-11-23T12:00:00+08:00"));
        var read = SweepKey.Parse(key.ToString());
        Assert.Equal(key, read);
        Assert.Equal(At("2026-11-23T00:30:00+08:00"), read.Since(s_at));
        Assert.True(key.ToString().Length <= 100);
    }

    [Theory]
    [InlineData("")]
    [InlineData("all")]
    [InlineData("0123456789abcdef0123456789abcdef/tonight")]
    public void A_key_that_cannot_be_read_fails(string key) =>
        Assert.ThrowsAny<FormatException>(() => SweepKey.Parse(key));

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
