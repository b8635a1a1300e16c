using Integration.Gateway.Notices;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Retention;
using Integration.Testing.Databases;
using Integration.Testing.Recording;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Tests.Notices;

public sealed class SqliteNoticeFoldingTests : NoticeFoldingTests<SqliteTestDatabase>;

public sealed class PostgresNoticeFoldingTests : NoticeFoldingTests<PostgresTestDatabase>;

/// <summary>What strangers can make wait for a subscriber is bounded, what is due is not lost, and what was told ends, on every engine.</summary>
public abstract class NoticeFoldingTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private readonly TDatabase _database = new();
    private NoticeDriver _scene = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        _scene = new NoticeDriver(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Of_many_that_say_the_same_the_newest_is_told_and_what_is_due_all()
    {
        await _scene.SubscribeAsync("hall-web");
        _scene.Subscriber.Answer = _ => new HookAnswer(500);
        await _scene.StartAsync();
        var tried = await _scene.TellAsync("C-1", NoticeTypes.JointLegChanged);
        await _scene.SecondAsync();
        for (var i = 0; i < 100; i++)
        {
            await PutAsync("C-1", NoticeTypes.JointLegChanged, i % 2 == 0 ? "suspended" : "construction");
            await PutAsync("C-1", NoticeTypes.ClockOverdue, "company");
        }

        await PutAsync("C-2", NoticeTypes.JointLegChanged, "suspended");
        await _scene.PassAsync(TimeSpan.FromSeconds(61));

        var waiting = await WaitingAsync();
        Assert.Equal(100, waiting.Count(row => row.Type == NoticeTypes.ClockOverdue));
        Assert.Equal(
            [("C-1", tried), ("C-1", "suspended"), ("C-1", "construction"), ("C-2", "suspended")],
            waiting
                .Where(row => row.Type == NoticeTypes.JointLegChanged)
                .Select(row => (row.CaseId, row.NoticeId == tried ? tried : StateOf(row)))
        );

        _scene.Subscriber.Answer = _ => HookAnswer.Ok;
        await _scene.PassAsync(TimeSpan.FromHours(1));
        Assert.Empty(await WaitingAsync());
        Assert.Equal(
            ["suspended", "construction"],
            _scene
                .Subscriber.Received.Where(notice => notice is { Subject: "C-1", Type: NoticeTypes.JointLegChanged })
                .Select(notice => notice.Data.Details.GetValueOrDefault("state"))
                .OfType<string>()
        );
    }

    [Fact]
    public async Task A_short_queue_is_told_as_it_happened()
    {
        await _scene.SubscribeAsync("hall-web");
        _scene.Subscriber.Answer = _ => new HookAnswer(500);
        await _scene.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await PutAsync("C-1", NoticeTypes.JointLegChanged, "suspended");
        }

        await _scene.PassAsync(TimeSpan.FromSeconds(61));
        Assert.Equal(20, (await WaitingAsync()).Count);
    }

    [Fact]
    public async Task When_too_much_waits_what_the_case_shows_is_told_once_for_each_case()
    {
        await _scene.SubscribeAsync("hall-web");
        _scene.Set("Gateway:Notices:MostWaiting", "1000");
        _scene.Subscriber.Answer = _ => new HookAnswer(500);
        await _scene.StartAsync();
        await _scene.TellAsync("C-0");
        await _scene.SecondAsync();
        await PutManyAsync("C-1", NoticeTypes.JointLegChanged, 1100);
        await PutManyAsync("C-1", NoticeTypes.JointReturned, 20);
        await PutManyAsync("C-1", NoticeTypes.ClockOverdue, 20);

        await _scene.PassAsync(TimeSpan.FromSeconds(61));

        Assert.Equal(
            [
                (NoticeTypes.CaseAccepted, 1),
                (NoticeTypes.ClockOverdue, 20),
                (NoticeTypes.JointLegChanged, 1),
                (NoticeTypes.JointReturned, 20),
            ],
            (await WaitingAsync())
                .GroupBy(row => row.Type, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Count()))
        );
        Assert.Equal(
            "state-1099",
            StateOf((await WaitingAsync()).Single(row => row.Type == NoticeTypes.JointLegChanged))
        );
    }

    [Fact]
    public async Task What_was_delivered_is_deleted_after_its_time_and_what_waits_or_is_dead_is_not()
    {
        await _scene.SubscribeAsync("hall-web");
        _scene.Set("Gateway:Notices:KeepDays", "7");
        await _scene.StartAsync();
        await _scene.TellAsync("C-1");
        await _scene.SecondAsync();
        Assert.Single(_scene.Subscriber.Received);
        _scene.Subscriber.Answer = _ => new HookAnswer(410);
        var dead = await _scene.TellAsync("C-2");
        foreach (var seconds in new[] { 1, 6, 31 })
        {
            await _scene.PassAsync(TimeSpan.FromSeconds(seconds));
        }

        _scene.Clock.Advance(TimeSpan.FromDays(6.9));
        Assert.Equal(0, await ExpireAsync());
        _scene.Clock.Advance(TimeSpan.FromDays(0.2));
        await ExpireAsync();

        await using var db = _scene.Node.Db();
        var left = Assert.Single(await db.Set<NoticeRow>().AsNoTracking().ToListAsync());
        Assert.Equal((dead, NoticeState.DeadLetter), (left.NoticeId, left.State));
    }

    private static string StateOf(NoticeRow row) =>
        System.Text.Json.JsonDocument.Parse(row.Data).RootElement.GetProperty("state").GetString()!;

    private async Task<int> ExpireAsync() =>
        await _scene
            .Node.Get<IEnumerable<IExpiringRows>>()
            .Single(rows => rows.Name == "notices")
            .DeleteExpiredAsync(RetentionSweep.BatchSize, TestContext.Current.CancellationToken);

    private Task PutAsync(string caseId, string type, string state) => PutAsync([NoticeOf(caseId, type, state)]);

    private Task PutManyAsync(string caseId, string type, int count) =>
        PutAsync([.. Enumerable.Range(0, count).Select(i => NoticeOf(caseId, type, $"state-{i}"))]);

    private Notice NoticeOf(string caseId, string type, string state) =>
        _scene.NoticeOf(caseId, type) with
        {
            Data = new Dictionary<string, string?>(StringComparer.Ordinal) { ["state"] = state },
        };

    private async Task PutAsync(IReadOnlyList<Notice> notices)
    {
        await using var db = _scene.Node.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.AppendRange(notices.SelectMany(_scene.Node.Get<NoticeOutbox>().Rows));
        db.WriteAppended();
        await transaction.CommitAsync();
    }

    private async Task<List<NoticeRow>> WaitingAsync()
    {
        await using var db = _scene.Node.Db();
        return await db.Set<NoticeRow>()
            .AsNoTracking()
            .Where(row => row.State == NoticeState.Waiting)
            .OrderBy(row => row.NoticeId)
            .ToListAsync();
    }
}
