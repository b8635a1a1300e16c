using Integration.Gateway.Platform.Database;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Database;

/// <summary>What the nodes' common time is, given the readings of the database's clock.</summary>
public sealed class ClusterClockTests
{
    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(1);
    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Monotonic time goes on with the clock; a step of the clock alone is the lead of <see cref="Machine"/>.</summary>
    private readonly FakeTimeProvider _time = new(s_start);
    private readonly Machine _machine;

    public ClusterClockTests()
    {
        _machine = new Machine(_time);
        Clock = new ClusterClock(_machine);
    }

    private ClusterClock Clock { get; }

    [Fact]
    public void Without_a_reading_it_is_the_nodes_own_clock()
    {
        _machine.Lead = TimeSpan.FromHours(1);
        Assert.Equal(s_start.AddHours(1), Clock.GetUtcNow());
        Assert.Equal((TimeSpan.Zero, false), (Clock.Lead, Clock.IsAstray));
    }

    [Fact]
    public void A_clock_that_agrees_is_not_touched()
    {
        _machine.Lead = TimeSpan.FromMilliseconds(-200);
        Read();
        Assert.Equal(s_start.AddMilliseconds(-200), Clock.GetUtcNow());
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    [InlineData(20)]
    [InlineData(-20)]
    [InlineData(0.5)]
    public void A_clock_that_differs_gives_way_to_the_databases(double seconds)
    {
        _machine.Lead = TimeSpan.FromSeconds(seconds);
        Read();
        Assert.Equal(s_start, Clock.GetUtcNow());

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(s_start.AddMinutes(1), Clock.GetUtcNow());
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public void A_clock_that_is_set_between_two_readings_moves_nothing(double seconds)
    {
        Read();
        _time.Advance(TimeSpan.FromSeconds(1));
        _machine.Lead = TimeSpan.FromSeconds(seconds);
        Assert.Equal(s_start.AddSeconds(1), Clock.GetUtcNow());
        Assert.True(Clock.IsAstray);

        Read();
        Assert.Equal(s_start.AddSeconds(1), Clock.GetUtcNow());
    }

    [Theory]
    [InlineData(29.9, false)]
    [InlineData(-29.9, false)]
    [InlineData(30.1, true)]
    [InlineData(-30.1, true)]
    public void Only_a_clock_beyond_the_bound_is_astray(double seconds, bool isAstray)
    {
        _machine.Lead = TimeSpan.FromSeconds(seconds);
        Read();
        Assert.Equal(isAstray, Clock.IsAstray);
    }

    [Fact]
    public void A_clock_that_was_set_right_is_astray_no_more()
    {
        _machine.Lead = TimeSpan.FromMinutes(5);
        Read();
        Assert.True(Clock.IsAstray);
        _machine.Lead = TimeSpan.Zero;
        Assert.False(Clock.IsAstray);
    }

    [Fact]
    public void What_a_slow_reading_is_unsure_of_does_not_move_the_time()
    {
        _machine.Lead = TimeSpan.FromMinutes(1);
        Read();
        Clock.Take(s_start.AddSeconds(2), Clock.GetTimestamp(), uncertainty: TimeSpan.FromSeconds(3));
        Assert.Equal(s_start, Clock.GetUtcNow());

        Clock.Take(s_start.AddSeconds(2), Clock.GetTimestamp(), s_quick);
        Assert.Equal(s_start.AddSeconds(2), Clock.GetUtcNow());
    }

    /// <summary>The database's clock is right.</summary>
    private void Read() => Clock.Take(_time.GetUtcNow(), Clock.GetTimestamp(), s_quick);

    private sealed class Machine(FakeTimeProvider time) : TimeProvider
    {
        public TimeSpan Lead { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Lead;

        public override long GetTimestamp() => time.GetTimestamp();
    }
}
