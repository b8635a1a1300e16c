using Integration.Gateway.Notices;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Notices;

/// <summary>Numbers of notices rise, also when the clock goes back.</summary>
public sealed class NoticeIdsTests
{
    [Fact]
    public void Numbers_rise_within_one_millisecond()
    {
        var ids = new NoticeIds(new FakeTimeProvider());
        AssertRising([.. Enumerable.Range(0, 1000).Select(_ => ids.Next())]);
    }

    [Fact]
    public void Numbers_rise_when_the_clock_is_set_back()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var ids = new NoticeIds(clock);
        var late = ids.Next();
        clock.AdjustTime(clock.GetUtcNow().AddHours(-1));
        var early = ids.Next();
        clock.AdjustTime(clock.GetUtcNow().AddHours(2));
        AssertRising([late, early, ids.Next()]);
    }

    private static void AssertRising(List<string> numbers)
    {
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
        Assert.Equal(numbers.Count, numbers.Distinct(StringComparer.Ordinal).Count());
        Assert.All(numbers, number => Assert.Matches("^ntc_[0-9a-hjkmnp-tv-z]{26}$", number));
    }
}
