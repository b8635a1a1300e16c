using System.Net;
using System.Text.Json.Nodes;
using Integration.Contracts.Client;
using Integration.Contracts.Problems;
using Integration.FlowTests.Operations;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Clocks;

public sealed class SqliteCalendarTests() : CalendarTests(Engine.Sqlite);

public sealed class PostgresCalendarTests() : CalendarTests(Engine.PostgreSql);

/// <summary>The last hour of the last year that is built in.</summary>
public abstract class CalendarTests(Engine engine) : IAsyncLifetime
{
    private const string Year2027 = "/v1/ops/calendars/2027";
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 12, 31, 16, 30, 0, TimeSpan.FromHours(8)));
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await IntegrationHost.StartAsync(new IntegrationHostOptions { Engine = engine, Clock = _clock });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_event_whose_limit_falls_into_a_missing_year_is_refused_until_the_year_is_loaded()
    {
        using var municipal = _host.Municipal();
        var opened = MunicipalEvents.Opened(time: _clock.GetUtcNow());
        using (var refused = await municipal.SendAsync(opened))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            var problem = await HallDriver.ProblemOfAsync(refused);
            Assert.Equal(ProblemCodes.ClockDataMissing, problem.Code);
            Assert.Contains("2027", problem.Detail, StringComparison.Ordinal);
        }

        await _host.As("ops").Api.LoadCalendarAsync(2027, Announcement.Of(2027));
        var receipt = await municipal.AcceptedAsync(opened);
        Assert.Equal(new DateTimeOffset(2027, 1, 4, 9, 30, 0, TimeSpan.FromHours(8)), receipt.AcceptBy);
    }

    [Fact]
    public async Task A_loaded_year_is_counted_with_shown_audited_and_survives_a_restart()
    {
        var before = await DueAsync();
        Assert.Equal("degraded", await StatusAsync());
        var loaded = await _host.As("ops").Api.LoadCalendarAsync(2027, Announcement.Of(2027));

        Assert.Equal((2027, "notice", "ops"), (loaded.Year, loaded.Source, loaded.By));
        Assert.Null(before);
        Assert.NotNull(await DueAsync());
        Assert.Equal("ready", await StatusAsync());
        await _host.RestartAsync();
        Assert.NotNull(await DueAsync());
        var ops = _host.As("ops").Api;
        var years = (await ops.GetCalendarsAsync()).Calendars;
        Assert.Equal([2022, 2023, 2024, 2025, 2026, 2027], years.Select(year => year.Year));
        Assert.Equal([249, 249, 251, 248, 248], years.Take(5).Select(year => year.WorkingDays));
        Assert.Equal((loaded.Notice, loaded.LoadedAt), (years[^1].Notice, years[^1].LoadedAt));
        var record = Assert.Single((await ops.GetAuditAsync()).Records, record => record.Action == "calendar.loaded");
        Assert.Equal(("ops", "calendar:2027"), (record.Actor, record.Subject));
        Assert.Contains("国办发明电", record.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_operators_load_and_see_calendars()
    {
        using var read = await _host.Hall.GetAsync("/v1/ops/calendars");
        using var written = await _host.Hall.SendAsync(HttpMethod.Put, Year2027, Announcement.Of(2027));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (read.StatusCode, written.StatusCode));
        Assert.Null(await DueAsync());
    }

    [Fact]
    public async Task Every_fault_comes_at_once_and_a_year_in_force_is_not_replaced_by_chance()
    {
        var ops = _host.As("ops");
        using var faulty = await ops.SendAsync(
            HttpMethod.Put,
            "/v1/ops/calendars/2031",
            """{"days":[{"date":"2031-01-06","name":"元旦","isOffDay":false},{"date":"2031-02-30","name":"春节","isOffDay":true}]}"""
        );
        var built = await Assert.ThrowsAsync<IntegrationProblemException>(() =>
            ops.Api.LoadCalendarAsync(2026, Announcement.Of(2026))
        );

        Assert.Equal(HttpStatusCode.BadRequest, faulty.StatusCode);
        var problem = await HallDriver.ProblemOfAsync(faulty);
        Assert.Equal(ProblemCodes.RequestInvalid, problem.Code);
        Assert.Subset(
            problem.Errors!.Select(fault => fault.Pointer).ToHashSet(StringComparer.Ordinal),
            new HashSet<string>(
                ["path:year", "/notice", "/days", "/days/1/date", "/days/0/isOffDay"],
                StringComparer.Ordinal
            )
        );
        Assert.Equal(ProblemCodes.StateConflict, built.Problem.Code);
        Assert.Contains("replaces", built.Problem.Detail, StringComparison.Ordinal);
        var replaced = await ops.Api.LoadCalendarAsync(2026, Announcement.Of(2026) with { Replaces = true });
        Assert.Equal(2026, replaced.Year);
    }

    /// <summary>When the first limit of an application that comes now is reached.</summary>
    private async Task<DateTimeOffset?> DueAsync() =>
        (await _host.Hall.Api.ApplyAsync(HallRequests.Residential())).Limits[0].DueAt;

    private async Task<string?> StatusAsync()
    {
        await _host.ChecksHaveLookedAgainAsync();
        using var answer = await _host.Hall.Http.GetAsync("/health/ready");
        var report = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (string?)report["checks"]!.AsArray().Single(check => (string?)check!["name"] == "clock-data")!["status"];
    }
}
