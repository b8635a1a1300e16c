using System.Globalization;
using Integration.Gateway.Notices;
using Integration.Gateway.Notices.Operations;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Testing.Databases;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Tests.Notices;

public sealed class SqliteNoticeDeliveryTests : NoticeDeliveryTests<SqliteTestDatabase>;

public sealed class PostgresNoticeDeliveryTests : NoticeDeliveryTests<PostgresTestDatabase>
{
    [Fact]
    public async Task Of_two_nodes_one_sends_and_the_other_takes_over_when_it_stops()
    {
        await Scene.SubscribeAsync("hall-web");
        var first = await Scene.StartAsync();
        await Scene.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await Scene.TellAsync(string.Create(CultureInfo.InvariantCulture, $"C-{i:00}"));
        }

        await ReceivedAsync(20);
        Assert.Equal(1, Scene.Subscriber.MostUnderWay);

        await Scene.StopAsync(first);
        await Scene.TellAsync("C-20");
        await ReceivedAsync(21);
        Assert.Equal("C-20", Scene.Subscriber.Received[^1].Subject);
    }

    /// <summary>Second by second, because a slow machine sends fewer in one; then two more, in which nothing comes twice.</summary>
    private async Task ReceivedAsync(int notices)
    {
        await Eventually.GetAsync(
            $"{notices} notices came",
            async () =>
            {
                await Scene.SecondAsync();
                return Scene.Subscriber.Received.Count;
            },
            count => count >= notices
        );
        await Scene.SecondAsync();
        await Scene.SecondAsync();
        Assert.Equal(notices, Scene.Subscriber.Received.Count);
    }
}

/// <summary>What the delivery of notices promises, on every engine.</summary>
public abstract class NoticeDeliveryTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private readonly TDatabase _database = new();

    private protected NoticeDriver Scene { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        Scene = new NoticeDriver(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await Scene.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Notices_arrive_signed_and_in_order_one_at_a_time()
    {
        await Scene.SubscribeAsync("hall-web");
        await Scene.StartAsync();
        var told = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            told.Add(await Scene.TellAsync(string.Create(CultureInfo.InvariantCulture, $"C-{i % 3}")));
        }

        await Scene.SecondAsync();

        Assert.Empty(Scene.Subscriber.Faults);
        Assert.Equal(told, Scene.Subscriber.Received.Select(notice => notice.Id));
        Assert.Equal(1, Scene.Subscriber.MostUnderWay);
        var row = await Scene.RowAsync(told[0]);
        Assert.Equal((NoticeState.Delivered, 1), (row.State, row.Attempts));
        Assert.NotNull(row.DeliveredAt);
    }

    [Fact]
    public async Task Notices_of_one_commit_arrive_in_the_order_in_which_they_were_put()
    {
        await Scene.SubscribeAsync("hall-web");
        await Scene.StartAsync();
        string[] types = [NoticeTypes.CaseAccepted, NoticeTypes.CaseChanged, NoticeTypes.ClockWarning];
        await using (var db = Scene.Node.Db())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var outbox = Scene.Node.Get<NoticeOutbox>();
            db.AppendRange(types.SelectMany(type => outbox.Rows(Scene.NoticeOf("C-1", type))));
            db.WriteAppended();
            await transaction.CommitAsync();
        }

        await Scene.SecondAsync();
        Assert.Equal(types, Scene.Subscriber.Received.Select(notice => notice.Type));
    }

    [Fact]
    public async Task A_notice_that_is_committed_after_a_later_one_was_delivered_is_not_passed_over()
    {
        await Scene.SubscribeAsync("hall-web");
        await Scene.StartAsync();
        var early = Scene.Node.Get<NoticeOutbox>().Rows(Scene.NoticeOf("C-early"));
        var late = await Scene.TellAsync("C-late");
        await Scene.SecondAsync();
        Assert.Single(Scene.Subscriber.Received);

        await using (var db = Scene.Node.Db())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.AppendRange(early);
            db.WriteAppended();
            await transaction.CommitAsync();
        }

        await Scene.SecondAsync();
        Assert.True(string.CompareOrdinal(early[0].NoticeId, late) < 0);
        Assert.Equal([late, early[0].NoticeId], Scene.Subscriber.Received.Select(notice => notice.Id));
    }

    [Fact]
    public async Task A_dead_subscriber_is_tried_for_three_days_and_then_the_notice_is_a_dead_letter()
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Subscriber.Answer = _ => new HookAnswer(500);
        await Scene.StartAsync();
        var told = await Scene.TellAsync("C-1");
        var since = Scene.Clock.GetUtcNow();
        for (var i = 0; i < 200 && (await Scene.RowAsync(told)).State == NoticeState.Waiting; i++)
        {
            await Scene.PassAsync(TimeSpan.FromMinutes(30));
        }

        var row = await Scene.RowAsync(told);
        Assert.Equal((NoticeState.DeadLetter, 18, "http-500"), (row.State, row.Attempts, row.LastFailure));
        Assert.InRange((row.LastAttemptAt!.Value - since).TotalHours, 66, 76);
        Assert.Equal(18, Scene.Subscriber.Received.Count);
        Assert.Single(Scene.Subscriber.Received.Select(notice => notice.Id).Distinct());
    }

    [Fact]
    public async Task A_dead_subscriber_delays_only_its_own()
    {
        var dead = await Scene.SubscribeAsync("dead");
        var alive = await Scene.SubscribeAsync("alive");
        await dead.DisposeAsync();
        await Scene.StartAsync();
        await Scene.TellAsync("C-1");
        await Scene.TellAsync("C-2");
        await Scene.SecondAsync();

        Assert.Equal(["C-1", "C-2"], alive.Received.Select(notice => notice.Subject));
        Assert.Empty(dead.Received);
        await using var db = Scene.Node.Db();
        var waiting = await db.Set<NoticeRow>().Where(row => row.Subscriber == "dead").ToListAsync();
        Assert.Equal(["connection", null], waiting.OrderBy(row => row.NoticeId).Select(row => row.LastFailure));
    }

    [Fact]
    public async Task A_subscriber_that_hangs_is_left_after_five_seconds_and_nothing_is_lost()
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Subscriber.Answer = _ => HookAnswer.Never;
        await Scene.StartAsync();
        var told = await Scene.TellAsync("C-1");
        Scene.Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => Scene.Subscriber.Received.Count == 1);
        await Scene.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("timeout", (await Scene.RowAsync(told)).LastFailure);

        Scene.Subscriber.Answer = _ => HookAnswer.Ok;
        await Scene.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal([told, told], Scene.Subscriber.Received.Select(notice => notice.Id));
        Assert.Equal(NoticeState.Delivered, (await Scene.RowAsync(told)).State);
    }

    [Fact]
    public async Task A_refused_notice_is_a_dead_letter_after_three_attempts_and_the_next_goes_on()
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Subscriber.Answer = notice => notice.Subject == "C-poison" ? new HookAnswer(410) : HookAnswer.Ok;
        await Scene.StartAsync();
        var poison = await Scene.TellAsync("C-poison");
        await Scene.TellAsync("C-2");
        await Scene.SecondAsync();
        await Scene.PassAsync(TimeSpan.FromSeconds(6));
        await Scene.PassAsync(TimeSpan.FromSeconds(31));

        Assert.Equal(
            ["C-poison", "C-poison", "C-poison", "C-2"],
            Scene.Subscriber.Received.Select(notice => notice.Subject)
        );
        var row = await Scene.RowAsync(poison);
        Assert.Equal((NoticeState.DeadLetter, "http-410"), (row.State, row.LastFailure));
    }

    [Fact]
    public async Task A_notice_that_fails_on_holds_up_its_own_case_only_and_that_one_strictly()
    {
        await Scene.SubscribeAsync("hall-web");
        var isMended = false;
        Scene.Subscriber.Answer = notice => notice.Subject == "C-1" && !isMended ? new HookAnswer(500) : HookAnswer.Ok;
        await Scene.StartAsync();
        await Scene.TellAsync("C-1", NoticeTypes.CaseAccepted);
        await Scene.TellAsync("C-1", NoticeTypes.CaseWithdrawn);
        await Scene.TellAsync("C-2");
        foreach (var seconds in new[] { 1, 6, 31, 121 })
        {
            await Scene.PassAsync(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(["C-1", "C-1", "C-1", "C-1", "C-2"], Scene.Subscriber.Received.Select(notice => notice.Subject));
        isMended = true;
        await Scene.PassAsync(TimeSpan.FromMinutes(11));
        Assert.Equal(
            [NoticeTypes.CaseAccepted, NoticeTypes.CaseWithdrawn],
            Scene.Subscriber.Received.Skip(5).Select(notice => notice.Type)
        );
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_subscriber_that_asks_for_patience_gets_nothing_until_then(int status)
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Subscriber.Answer = _ => new HookAnswer(status)
        {
            Headers = new Dictionary<string, string> { ["Retry-After"] = "600" },
        };
        await Scene.StartAsync();
        await Scene.TellAsync("C-1");
        await Scene.TellAsync("C-2");
        await Scene.SecondAsync();
        Scene.Subscriber.Answer = _ => HookAnswer.Ok;
        await Scene.PassAsync(TimeSpan.FromSeconds(590));
        Assert.Single(Scene.Subscriber.Received);

        await Scene.PassAsync(TimeSpan.FromSeconds(11));
        Assert.Equal(["C-1", "C-1", "C-2"], Scene.Subscriber.Received.Select(notice => notice.Subject));
    }

    [Fact]
    public async Task A_subscriber_that_asks_for_patience_for_hours_loses_nothing_and_keeps_order()
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Subscriber.Answer = _ => HookAnswer.Later("120");
        await Scene.StartAsync();
        string[] told =
        [
            await Scene.TellAsync("C-1"),
            await Scene.TellAsync("C-2"),
            await Scene.TellAsync("C-1", NoticeTypes.CaseWithdrawn),
        ];
        await Scene.SecondAsync();
        for (var i = 0; i < 60; i++)
        {
            await Scene.PassAsync(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(
            (NoticeState.Waiting, 61),
            ((await Scene.RowAsync(told[0])).State, (await Scene.RowAsync(told[0])).Attempts)
        );
        Assert.All(Scene.Subscriber.Received, notice => Assert.Equal(told[0], notice.Id));
        Scene.Subscriber.Answer = _ => HookAnswer.Ok;
        await Scene.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(told, Scene.Subscriber.Received.Skip(61).Select(notice => notice.Id));
    }

    [Fact]
    public async Task Patience_without_end_ends_after_three_days_by_the_clock()
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Subscriber.Answer = _ => HookAnswer.Later("99999999999999999999");
        await Scene.StartAsync();
        var told = await Scene.TellAsync("C-1");
        await Scene.SecondAsync();
        var first = Scene.Clock.GetUtcNow();
        for (var hours = 1; hours < 72; hours++)
        {
            await Scene.PassAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal(
            (NoticeState.Waiting, 72),
            ((await Scene.RowAsync(told)).State, (await Scene.RowAsync(told)).Attempts)
        );
        await Scene.PassAsync(TimeSpan.FromHours(1));
        var row = await Scene.RowAsync(told);
        Assert.Equal((NoticeState.DeadLetter, TimeSpan.FromHours(72)), (row.State, row.LastAttemptAt - first));
    }

    [Theory]
    [InlineData("120", "00:02:00")]
    [InlineData("Mon, 23 Nov 2026 01:10:01 GMT", "00:10:00")]
    [InlineData("Mon, 23 Nov 2026 09:00:00 GMT", "01:00:00")]
    [InlineData("Mon, 23 Nov 2020 01:00:00 GMT", "00:00:05")]
    [InlineData("99999999999999999999", "01:00:00")]
    [InlineData("4294967296", "01:00:00")]
    [InlineData("-5", "00:00:05")]
    [InlineData("0", "00:00:05")]
    [InlineData("soon", "00:00:05")]
    public async Task Retry_After_has_its_meaning_however_it_is_written(string text, string pause)
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Subscriber.Answer = _ => HookAnswer.Later(text);
        await Scene.StartAsync();
        var told = await Scene.TellAsync("C-1");
        await Scene.SecondAsync(); // 01:00:01 GMT

        var row = await Scene.RowAsync(told);
        Assert.Equal("http-503", row.LastFailure);
        Assert.Equal(TimeSpan.Parse(pause, CultureInfo.InvariantCulture), row.NextAttemptAt - row.LastAttemptAt);
    }

    [Fact]
    public async Task A_replayed_notice_has_its_three_days_again()
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Subscriber.Answer = _ => new HookAnswer(500);
        await Scene.StartAsync();
        var told = await Scene.TellAsync("C-1");
        for (var i = 0; i < 200 && (await Scene.RowAsync(told)).State == NoticeState.Waiting; i++)
        {
            await Scene.PassAsync(TimeSpan.FromMinutes(30));
        }

        await using (var db = Scene.Node.Db())
        {
            await db.Set<NoticeRow>()
                .Where(row => row.NoticeId == told)
                .ExecuteUpdateAsync(ReplayNotices.Afresh(Scene.Clock.GetUtcNow()));
        }

        await Scene.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(
            (NoticeState.Waiting, 1),
            ((await Scene.RowAsync(told)).State, (await Scene.RowAsync(told)).Attempts)
        );
    }

    [Fact]
    public async Task When_a_subscriber_is_back_all_that_nobody_read_is_sent_at_once()
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Subscriber.Answer = _ => new HookAnswer(502);
        await Scene.StartAsync();
        var told = await Scene.TellAsync("C-1");
        for (var i = 0; i < 12; i++)
        {
            await Scene.PassAsync(TimeSpan.FromHours(1));
        }

        Assert.True((await Scene.RowAsync(told)).NextAttemptAt > Scene.Clock.GetUtcNow());
        Scene.Subscriber.Answer = _ => HookAnswer.Ok;
        await Scene.TellAsync("C-2");
        await Scene.SecondAsync();
        Assert.Equal(["C-2", "C-1"], Scene.Subscriber.Received.TakeLast(2).Select(notice => notice.Subject));
    }

    [Fact]
    public async Task What_waits_and_how_often_it_failed_survives_a_restart()
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Subscriber.Answer = _ => new HookAnswer(500);
        var node = await Scene.StartAsync();
        var told = await Scene.TellAsync("C-1");
        await Scene.SecondAsync();
        await Scene.StopAsync(node);
        Scene.Subscriber.Answer = _ => HookAnswer.Ok;
        await Scene.StartAsync();
        Assert.Equal(1, (await Scene.RowAsync(told)).Attempts);
        await Scene.PassAsync(TimeSpan.FromSeconds(6));

        Assert.Equal([told, told], Scene.Subscriber.Received.Select(notice => notice.Id));
        Assert.Equal(
            (NoticeState.Delivered, 2),
            ((await Scene.RowAsync(told)).State, (await Scene.RowAsync(told)).Attempts)
        );
    }

    [Fact]
    public async Task The_turn_of_a_node_that_died_is_taken_over_within_ten_seconds()
    {
        await Scene.SubscribeAsync("hall-web");
        var node = await Scene.StartAsync();
        await using (var db = node.Db())
        {
            var lease = await db.Set<WorkLeaseRow>().SingleAsync(row => row.Name == "notices/hall-web");
            (lease.Holder, lease.Until) = ("node_dead", Scene.Clock.GetUtcNow().AddSeconds(8));
            await db.SaveChangesAsync();
        }

        await Scene.TellAsync("C-1");
        await Scene.SecondAsync();
        Assert.Empty(Scene.Subscriber.Received);
        for (var i = 0; i < 9; i++)
        {
            await Scene.SecondAsync();
        }

        Assert.Single(Scene.Subscriber.Received);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await Scene.SubscribeAsync("hall-web");
        var other = await StandInSubscriber.StartAsync(Scene.Clock);
        Scene.Subscriber.Answer = _ => new HookAnswer(307)
        {
            Headers = new Dictionary<string, string> { ["Location"] = other.Address.ToString() },
        };
        await Scene.StartAsync();
        var told = await Scene.TellAsync("C-1");
        await Scene.SecondAsync();

        Assert.Equal("http-307", (await Scene.RowAsync(told)).LastFailure);
        Assert.Empty(other.Received);
        Assert.Empty(other.Faults);
        await other.DisposeAsync();
    }

    [Fact]
    public async Task Only_subscribers_of_the_client_are_told()
    {
        await Scene.SubscribeAsync("hall-web");
        var other = await Scene.SubscribeAsync("water-web", client: "water");
        await Scene.StartAsync();
        await Scene.TellAsync("C-1");
        await Scene.SecondAsync();

        Assert.Single(Scene.Subscriber.Received);
        Assert.Empty(other.Received);
        Assert.Empty(other.Faults);
    }

    [Fact]
    public async Task While_secrets_are_replaced_a_notice_is_signed_with_both()
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Set("Gateway:Notices:Subscribers:0:OlderSecrets:0", Scene.Put("old", Scene.Subscriber.Secret));
        Scene.Set(
            "Gateway:Notices:Subscribers:0:Secret",
            Scene.Put("new", $"whsec_{Convert.ToBase64String(new byte[32])}")
        );
        await Scene.StartAsync();
        await Scene.TellAsync("C-1");
        await Scene.SecondAsync();

        Assert.Empty(Scene.Subscriber.Faults);
        Assert.Single(Scene.Subscriber.Received);
    }

    [Fact]
    public async Task By_setting_a_notice_is_signed_as_CMS_too_which_openssl_accepts()
    {
        await Scene.SubscribeAsync("hall-web");
        Scene.Subscriber.Certificate = Scene.CertifyReceipts();
        Scene.Set("Gateway:Notices:Subscribers:0:Cms", "true");
        await Scene.StartAsync();
        await Scene.TellAsync("C-1");
        await Scene.SecondAsync();

        Assert.Empty(Scene.Subscriber.Faults);
        Assert.Single(Scene.Subscriber.Received);
    }

    private static async Task UntilAsync(Func<bool> done)
    {
        for (var i = 0; i < 2000 && !done(); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.True(done());
    }
}
