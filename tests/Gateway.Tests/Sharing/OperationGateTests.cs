using Integration.Adapters.Ports;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Sharing.Forwarding;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Sharing;

/// <summary>What all callers together may ask of one operation.</summary>
public sealed class OperationGateTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 22, 0, 0, TimeSpan.FromHours(8)));
    private readonly Days _days = new();

    [Fact]
    public async Task Without_limits_nothing_is_counted()
    {
        var gate = Gate(new LimitsEntry());

        for (var i = 0; i < 1000; i++)
        {
            await TakenAsync(gate);
        }

        Assert.Equal(0, _days.Taken);
    }

    [Fact]
    public async Task Beyond_the_number_at_once_a_request_is_refused_until_one_ends()
    {
        var gate = Gate(new LimitsEntry { AtOnce = 2 });
        var first = await TakenAsync(gate);
        await TakenAsync(gate);

        await RefusedAsync(gate, "operation-at-once", "2 times at once", TimeSpan.FromSeconds(1));
        first.Dispose();
        await TakenAsync(gate);
        await RefusedAsync(gate, "operation-at-once", "2 times at once", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task One_caller_cannot_take_the_last_place_and_another_can()
    {
        var gate = Gate(new LimitsEntry { AtOnce = 4 });
        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await gate.EnterAsync("hog", CancellationToken.None)).Refusal);
        }

        Assert.Equal("operation-at-once", (await gate.EnterAsync("hog", CancellationToken.None)).Limit);
        var good = await gate.EnterAsync("good", CancellationToken.None);
        Assert.Null(good.Refusal);
        Assert.Equal("operation-at-once", (await gate.EnterAsync("other", CancellationToken.None)).Limit);
        good.Dispose();
        Assert.Null((await gate.EnterAsync("other", CancellationToken.None)).Refusal);
    }

    [Fact]
    public async Task Beyond_the_number_a_second_a_request_is_refused_until_there_is_one_again()
    {
        var gate = Gate(new LimitsEntry { PerSecond = 2 });
        (await TakenAsync(gate)).Dispose();
        (await TakenAsync(gate)).Dispose();

        await RefusedAsync(gate, "operation-rate", "2 times a second", TimeSpan.FromSeconds(0.5));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        await TakenAsync(gate);
    }

    [Fact]
    public async Task Beyond_the_day_s_number_a_request_is_refused_until_midnight()
    {
        var gate = Gate(new LimitsEntry { PerDay = 3 });
        for (var i = 0; i < 3; i++)
        {
            await TakenAsync(gate);
        }

        var refusal = await RefusedAsync(gate, "operation-day", "3 times a day", TimeSpan.FromHours(2));
        Assert.Equal("quota-exhausted", refusal.Code);
        Assert.Equal("share:grid-capacity/query", _days.Name);
    }

    [Fact]
    public async Task What_cannot_be_counted_is_refused()
    {
        var gate = Gate(new LimitsEntry { PerDay = 3 });
        _days.Broken = true;

        var place = await gate.EnterAsync("hall", CancellationToken.None);

        Assert.Equal((503, "unavailable"), (place.Refusal!.Status, place.Refusal.Code));
        _days.Broken = false;
        await TakenAsync(gate);
    }

    [Fact]
    public async Task A_refusal_gives_back_what_was_taken_before_it()
    {
        var gate = Gate(
            new LimitsEntry
            {
                AtOnce = 1,
                PerSecond = 1,
                PerDay = 1,
            }
        );
        _days.Broken = true;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("operation-day", (await gate.EnterAsync("hall", CancellationToken.None)).Limit);
        }

        _days.Broken = false;
        (await TakenAsync(gate)).Dispose();
        Assert.Equal("operation-rate", (await gate.EnterAsync("hall", CancellationToken.None)).Limit);
        Assert.Equal("operation-rate", (await gate.EnterAsync("hall", CancellationToken.None)).Limit);
    }

    [Fact]
    public async Task A_request_that_is_given_up_while_its_day_is_counted_gives_its_place_back()
    {
        var gate = Gate(new LimitsEntry { AtOnce = 1, PerDay = 1 });
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.EnterAsync("hall", gone.Token).AsTask());

        await TakenAsync(gate);
    }

    private static async Task<OperationPlace> TakenAsync(OperationGate gate)
    {
        var place = await gate.EnterAsync("hall", CancellationToken.None);
        Assert.Null(place.Refusal);
        return place;
    }

    private static async Task<Refusal> RefusedAsync(OperationGate gate, string limit, string named, TimeSpan retryAfter)
    {
        var place = await gate.EnterAsync("hall", CancellationToken.None);
        var refusal = place.Refusal!;
        Assert.Equal(limit, place.Limit);
        Assert.Equal((429, "gateway", RetryAdvice.Safe), (refusal.Status, refusal.Party, refusal.Retry));
        Assert.Contains($"ask grid-capacity/query {named}", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal(retryAfter.TotalSeconds, refusal.RetryAfter!.Value.TotalSeconds, tolerance: 0.01);
        return refusal;
    }

    private OperationGate Gate(LimitsEntry limits) => new("grid-capacity/query", limits, _days, _time);

    /// <summary>One day in memory.</summary>
    private sealed class Days : IDailyQuotas
    {
        public string? Name { get; private set; }

        public long Taken { get; private set; }

        public bool Broken { get; set; }

        public ValueTask<DailyTake> TakeAsync(string name, long perDay, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Name = name;
            if (Broken)
            {
                return ValueTask.FromResult(DailyTake.CannotCount);
            }

            return ValueTask.FromResult(++Taken > perDay ? DailyTake.UsedUp : DailyTake.Taken);
        }

        public long? Left(string name, long perDay) => perDay - Taken;
    }
}
