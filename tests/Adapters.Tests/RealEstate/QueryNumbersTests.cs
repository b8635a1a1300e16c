using CsCheck;
using Integration.Adapters.RealEstate;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.RealEstate;

public class QueryNumbersTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 16, 30, 0, TimeSpan.Zero));

    [Fact]
    public void A_number_is_the_date_in_china_the_division_and_six_digits() =>
        Assert.Matches("^20261123421022[0-9]{6}$", Numbers().Next());

    [Fact]
    public void Numbers_rise_however_fast_they_are_asked_for()
    {
        var numbers = Numbers();
        var taken = Enumerable.Range(0, 5_000).Select(_ => numbers.Next()!).ToArray();
        Assert.Equal(taken.Order(StringComparer.Ordinal).Distinct(), taken);
    }

    [Fact]
    public void A_restart_repeats_no_number()
    {
        var before = Numbers().Next();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(before, Numbers().Next());
    }

    [Fact]
    public void Nodes_share_no_number() =>
        Gen.Select(Gen.Int[0, 86_399_000], Gen.Int[2, 7])
            .Sample(
                (milliseconds, nodes) =>
                {
                    var time = new FakeTimeProvider(_time.Start.AddMilliseconds(milliseconds));
                    var taken = Enumerable
                        .Range(0, nodes)
                        .Select(node => Numbers(node, nodes, time))
                        .SelectMany(numbers => Enumerable.Range(0, 20).Select(_ => numbers.Next()))
                        .OfType<string>()
                        .ToArray();
                    Assert.Equal(taken.Distinct().Count(), taken.Length);
                },
                iter: 200
            );

    [Fact]
    public void Threads_share_no_number()
    {
        var numbers = Numbers();
        var taken = Enumerable.Range(0, 2_000).AsParallel().Select(_ => numbers.Next()).ToArray();
        Assert.Equal(2_000, taken.Distinct().Count());
    }

    [Fact]
    public void A_day_whose_numbers_are_used_up_gives_none_until_the_next()
    {
        _time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 15, 59, 59, TimeSpan.Zero));
        var numbers = Numbers(node: 0, nodes: 100);
        Assert.NotNull(numbers.Next());
        Assert.Null(numbers.Next());

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("20261124421022000000", numbers.Next());
    }

    [Fact]
    public void A_clock_set_back_repeats_no_number()
    {
        var time = new SettableTime { Now = new DateTimeOffset(2026, 11, 22, 16, 0, 1, TimeSpan.Zero) };
        var numbers = Numbers(time: time);
        var before = numbers.Next();
        time.Now = time.Now.AddSeconds(-2);
        Assert.True(string.CompareOrdinal(numbers.Next(), before) > 0);
    }

    private QueryNumbers Numbers(int node = 0, int nodes = 1, TimeProvider? time = null) =>
        new(
            Options.Create(
                new RealEstateOptions
                {
                    Division = "421022",
                    Node = node,
                    Nodes = nodes,
                }
            ),
            time ?? _time
        );

    private sealed class SettableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
