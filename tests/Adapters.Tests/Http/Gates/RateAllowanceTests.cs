using Integration.Adapters.Ports;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.Http.Gates;

public class RateAllowanceTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(200, 400)]
    [InlineData(7, 2)]
    public void Over_any_time_no_more_than_the_burst_and_the_rate_are_let_through(int perSecond, int burst)
    {
        var allowance = new RateAllowance(perSecond, burst, _clock);
        var taken = 0;
        for (var step = 0; step < 1000; step++)
        {
            while (allowance.TryTake(out _))
            {
                taken++;
            }

            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(taken, burst + (9.9 * perSecond) - 1, burst + (10.0 * perSecond));
    }

    [Fact]
    public void A_clock_that_is_set_back_takes_nothing_away()
    {
        var allowance = new RateAllowance(3, 2, _clock);
        Assert.True(allowance.TryTake(out _));

        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));

        Assert.True(allowance.TryTake(out _));
        Assert.False(allowance.TryTake(out var wait));
        _clock.Advance(wait);
        Assert.True(allowance.TryTake(out _));
    }

    [Fact]
    public void A_wait_as_long_as_it_said_is_enough_and_a_shorter_one_is_not()
    {
        var allowance = new RateAllowance(3, 1, _clock);
        Assert.True(allowance.TryTake(out _));
        Assert.False(allowance.TryTake(out var wait));

        _clock.Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.False(allowance.TryTake(out _));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(allowance.TryTake(out _));
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again_and_never_adds_to_the_burst()
    {
        var allowance = new RateAllowance(1, 2, _clock);
        Assert.True(allowance.TryTake(out _));
        allowance.GiveBack();
        allowance.GiveBack();

        Assert.Equal(2, allowance.Left);
    }
}
