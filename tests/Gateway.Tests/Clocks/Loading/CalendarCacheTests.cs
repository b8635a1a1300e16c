using Integration.Contracts.Problems;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Audit;
using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Clocks.Loading;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Testing;
using Integration.Testing.Databases;
using Integration.Testing.Drivers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Clocks.Loading;

public sealed class SqliteCalendarCacheTests : CalendarCacheTests<SqliteTestDatabase>;

public sealed class PostgresCalendarCacheTests : CalendarCacheTests<PostgresTestDatabase>;

/// <summary>A year that operators load holds on every node, on every engine.</summary>
public abstract class CalendarCacheTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private static readonly DateTimeOffset s_lastDay = ClockParts.Time("2026-12-31T16:30:00+08:00");
    private readonly List<CalendarCache> _nodes = [];
    private readonly TDatabase _database = new();
    private readonly LookingClock _clock = new(ClockParts.Time("2026-11-23T09:00:00+08:00"), TimeSpan.FromSeconds(2));
    private ServiceHost _host = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        _host = await ServiceHost.StartAsync(_database, settings: null, builder => builder.Services.AddAudit());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.StopAsync(CancellationToken.None);
            node.Dispose();
        }

        await _host.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_year_loaded_on_one_node_is_counted_with_there_at_once_and_on_the_other_within_two_seconds()
    {
        var (one, other) = (await NodeAsync(), await NodeAsync());
        var waiting = other.Edition.Replaced;
        Assert.Equal(2027, MissingYear(one));

        Assert.True((await LoadAsync(one, Notices.Of2027)).Succeeded(out var answer, out _));
        Assert.Equal((2027, "notice", "ops"), (answer.Year, answer.Source, answer.By));
        Assert.Null(MissingYear(one));
        Assert.Equal((2, 1), (one.Edition.Version, other.Edition.Version));
        Assert.Equal(2027, MissingYear(other));

        await Eventually.GetAsync(
            "the other node has read it",
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(2)); // a watch that was just reading waits from then on
                return Task.FromResult(waiting.IsCompleted);
            },
            isRead => isRead
        );
        Assert.Null(MissingYear(other));
        Assert.Equal(2, other.Edition.Version);
    }

    [Fact]
    public async Task A_node_that_starts_counts_with_it_from_the_beginning()
    {
        await LoadAsync(await NodeAsync(), Notices.Of2027);
        var late = await NodeAsync();
        Assert.Null(MissingYear(late));
        Assert.Contains("2027-02-20", late.Edition.Rows[2027].Days, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_year_in_force_is_replaced_only_on_purpose_and_clocks_are_read_by_it_from_then_on()
    {
        var node = await NodeAsync();
        var clock = Clock(node);
        await LoadAsync(node, Notices.Of2027);
        var start = ClockParts.Time("2027-03-01T16:30:00+08:00");
        var changed = Notices.Of2027 with
        {
            Notice = "国办发明电〔2027〕1号",
            Days = [.. Notices.Of2027.Days!, .. Notices.Off("临时", new DateOnly(2027, 3, 2), 1)],
        };

        var refused = await LoadAsync(node, changed);
        Assert.Equal("2027-03-02", Due());
        var replaced = await LoadAsync(node, changed with { Replaces = true });

        Assert.False(refused.Succeeded(out _, out var refusal));
        Assert.Equal(ProblemCodes.StateConflict, refusal.Code);
        Assert.True(replaced.Succeeded(out _, out _));
        Assert.Equal("2027-03-03", Due());
        Assert.Equal([LoadCalendar.Loaded, LoadCalendar.Replaced], await AuditedAsync());

        string Due() =>
            $"{ClockParts.Value(clock.DueAt(new(Contracts.V1.Cases.ClockKind.BusinessMinutes, 120), start)):yyyy-MM-dd}";
    }

    [Fact]
    public async Task A_built_in_year_is_in_force_too()
    {
        var node = await NodeAsync();
        var order = Notices.Of2027 with { Days = [.. Notices.Off("节", new DateOnly(2026, 3, 1), 30)] };
        Assert.False((await LoadAsync(node, order, "2026")).Succeeded(out _, out _));
        Assert.True((await LoadAsync(node, order with { Replaces = true }, "2026")).Succeeded(out var answer, out _));
        Assert.Equal(30, answer.Days.Count);
    }

    [Fact]
    public async Task The_same_notice_again_changes_nothing()
    {
        var node = await NodeAsync();
        await LoadAsync(node, Notices.Of2027);
        var edition = node.Edition;
        Assert.True((await LoadAsync(node, Notices.Of2027)).Succeeded(out _, out _));
        await _clock.PassAsync(TimeSpan.FromSeconds(10)); // a reading, should it change something
        Assert.Same(edition, node.Edition);
        Assert.Single(await AuditedAsync());
    }

    [Fact]
    public async Task Two_nodes_that_load_a_year_at_once_do_not_overwrite_each_other()
    {
        var (one, other) = (await NodeAsync(), await NodeAsync());
        Assert.True((await LoadAsync(one, Notices.Of2027)).Succeeded(out _, out _));
        var second = await LoadAsync(other, Notices.Of2027 with { Notice = "another" });
        Assert.False(second.Succeeded(out _, out var refusal));
        Assert.Equal(ProblemCodes.StateConflict, refusal.Code);
        Assert.Single(await AuditedAsync());
    }

    private static int? MissingYear(CalendarCache node) =>
        Clock(node)
            .DueAt(new(Contracts.V1.Cases.ClockKind.BusinessMinutes, 120), s_lastDay)
            .Succeeded(out _, out var missing)
            ? null
            : missing.Year;

    private static SlaClock Clock(CalendarCache node) =>
        new(new LimitClock(() => node.Edition.Calendar, ClockParts.Hours, acceptanceDayCounts: false));

    private Task<Result<CalendarResponse>> LoadAsync(CalendarCache node, CalendarRequest request, string year = "2027")
    {
        var faults = new FaultList();
        var order = CalendarOrder.Read(year, request, new DateOnly(2026, 11, 23), faults);
        Assert.Empty(faults.ToList());
        return new LoadCalendar(_host.Get<AuditTrail>(), node, _clock).LoadAsync(
            new Caller("ops", CallerKind.Ops),
            order!,
            Cancelled
        );
    }

    private async Task<CalendarCache> NodeAsync()
    {
        var node = new CalendarCache(
            _host.Get<IDbContextFactory<GatewayDb>>(),
            Options.Create(new ClockOptions()),
            _clock,
            NullLogger<CalendarCache>.Instance
        );
        _nodes.Add(node);
        var looks = _clock.Looks;
        await node.StartAsync(Cancelled);
        await _clock.LookedAsync(looks + 1);
        return node;
    }

    private async Task<List<string>> AuditedAsync()
    {
        await using var db = _host.Db();
        return await db.Set<AuditRow>().OrderBy(row => row.AuditId).Select(row => row.Action).ToListAsync(Cancelled);
    }
}
