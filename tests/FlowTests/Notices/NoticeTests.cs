using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Contracts.Client;
using Integration.Contracts.V1.Notices;
using Integration.FlowTests.Operations;
using Integration.Gateway.Cases;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Notices;

public sealed class SqliteNoticeTests() : NoticeTests(Engine.Sqlite);

public sealed class PostgresNoticeTests() : NoticeTests(Engine.PostgreSql);

/// <summary>From the event to the hall's web-hook, and what operators see and do.</summary>
public abstract class NoticeTests(Engine engine) : IAsyncLifetime
{
    private HookDriver _hooked = null!;

    private IntegrationHost Host => _hooked.Host;

    private StandInSubscriber Hook => _hooked.Subscriber;

    public async ValueTask InitializeAsync() => _hooked = await HookDriver.StartAsync(engine);

    public async ValueTask DisposeAsync()
    {
        await _hooked.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_accepted_event_is_told_to_the_hall_with_hotlines_and_without_personal_data()
    {
        using var municipal = Host.Municipal();
        var receipt = await municipal.AcceptedAsync(MunicipalEvents.Opened());

        var notice = await ToldAsync(receipt.CaseId);

        Assert.Empty(Hook.Faults);
        Assert.Equal("case.accepted", notice.Type);
        Assert.StartsWith("app_", notice.Data.Details["applicationId"], StringComparison.Ordinal);
        Assert.Equal(["12398", "95598"], notice.Data.Hotlines.Select(line => line.Number));
        Assert.Contains("已受理", notice.Data.Text, StringComparison.Ordinal);
        var text = string.Concat(Hook.Received.Select(told => JsonSerializer.Serialize(told, IntegrationJson.Options)));
        Assert.DoesNotContain(SyntheticWorld.PersonalData, name => text.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Operators_see_dead_letters_and_send_them_again()
    {
        Hook.Answer = _ => new HookAnswer(410);
        var told = await PutAsync("CASE-DEAD");
        var seen = await Eventually.GetAsync(
            "a dead letter",
            async () => (await Ops.GetNoticesAsync()).DeadLetters,
            letters => letters.Count == 1,
            TimeSpan.FromSeconds(60)
        );
        Assert.Equal(
            (told, "CASE-DEAD", 3, "http-410"),
            (seen[0].NoticeId, seen[0].CaseId, seen[0].Attempts, seen[0].LastFailure)
        );
        var standing = Assert.Single((await Ops.GetNoticesAsync()).Subscribers);
        Assert.Equal(
            ("hall-web", "hall", 0, 1),
            (standing.Name, standing.Client, standing.Waiting, standing.DeadLetters)
        );
        Assert.Equal("degraded", await HealthAsync());

        Hook.Answer = _ => HookAnswer.Ok;
        var replayed = await Ops.ReplayNoticeAsync(told);
        await Eventually.GetAsync("the replay", () => Task.FromResult(Hook.Received), received => received.Count == 4);
        Assert.Single(Hook.Received.Select(notice => notice.Id).Distinct());
        await Eventually.GetAsync("all is well", HealthAsync, status => status == "ready");
        var audit = await Ops.GetAuditAsync();
        var record = audit.Records.Single(record => record.AuditId == replayed.AuditId);
        Assert.Equal(("ops", "notice.replayed", $"notice:{told}"), (record.Actor, record.Action, record.Subject));
    }

    [Fact]
    public async Task What_was_delivered_is_sent_again_by_time_or_by_case()
    {
        await PutAsync("CASE-1");
        await PutAsync("CASE-2");
        await ReceivedAsync(2);

        var byCase = await Ops.ReplayNoticesAsync("hall-web", new() { CaseId = "CASE-2" });
        await ReceivedAsync(3);
        var now = TimeProvider.System.GetUtcNow();
        var byTime = await Ops.ReplayNoticesAsync(
            "hall-web",
            new() { From = now.AddHours(-1), Until = now.AddHours(1) }
        );
        await ReceivedAsync(5);
        var dead = await Ops.ReplayNoticesAsync("hall-web", new() { CaseId = "CASE-1", DeadLettersOnly = true });

        Assert.Equal((1, 2, 0), (byCase.Notices, byTime.Notices, dead.Notices));
        Assert.Equal(
            ["CASE-1", "CASE-2", "CASE-2", "CASE-1", "CASE-2"],
            Hook.Received.Select(notice => notice.Subject)
        );
        var detail = (await Ops.GetAuditAsync()).Records.First(record => record.AuditId == byCase.AuditId).Detail;
        Assert.Contains("CASE-2", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_replays_are_refused_and_only_operators_may()
    {
        var ops = Host.As("ops");
        const string Many = "/v1/ops/notices/subscribers/hall-web/replay";
        using var nothing = await ops.SendAsync(HttpMethod.Post, Many, new ReplayRequest());
        var now = TimeProvider.System.GetUtcNow();
        using var half = await ops.SendAsync(
            HttpMethod.Post,
            Many,
            new ReplayRequest { From = now, CaseId = string.Empty }
        );
        using var stranger = await ops.SendAsync(
            HttpMethod.Post,
            "/v1/ops/notices/subscribers/nobody/replay",
            new ReplayRequest { CaseId = "C" }
        );
        using var unknown = await ops.SendAsync(HttpMethod.Post, "/v1/ops/notices/ntc_nothing/replay");
        using var alive = await ops.SendAsync(HttpMethod.Post, "/v1/ops/notices/ntc_nothing/dismiss");
        using var hall = await Host.Hall.GetAsync("/v1/ops/notices");
        using var limit = await ops.GetAsync("/v1/ops/notices?limit=501");

        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        Assert.Equal(
            ["/until", "/caseId"],
            (await HallDriver.ProblemOfAsync(half)).Errors!.Select(fault => fault.Pointer)
        );
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, alive.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, hall.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, limit.StatusCode);
    }

    [Fact]
    public async Task A_dead_letter_that_nobody_needs_is_laid_aside_and_stays_in_the_case()
    {
        Hook.Answer = _ => new HookAnswer(400);
        var told = await PutAsync("CASE-ASIDE");
        await Eventually.GetAsync(
            "a dead letter",
            async () => (await Ops.GetNoticesAsync()).DeadLetters,
            letters => letters.Count == 1,
            TimeSpan.FromSeconds(60)
        );
        await Ops.DismissNoticeAsync(told);

        Assert.Empty((await Ops.GetNoticesAsync()).DeadLetters);
        Assert.Equal("ready", await HealthAsync());
        await using var db = await DbAsync();
        var entry = Assert.Single(
            await new NoticeHistory().ReadAsync(db, "hall", "CASE-ASIDE", CancellationToken.None)
        );
        Assert.Equal(("notice", "dismissed", told), (entry.Kind, entry.Outcome, entry.Reference));
        Assert.Empty(await new NoticeHistory().ReadAsync(db, "water", "CASE-ASIDE", CancellationToken.None));
    }

    private IIntegrationApi Ops => Host.As("ops").Api;

    private Task<GatewayDb> DbAsync() =>
        Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();

    private async Task<NoticeEvent> ToldAsync(string caseId) =>
        (
            await Eventually.GetAsync(
                $"a notice of {caseId}",
                () => Task.FromResult(Hook.Received),
                received => received.Any(notice => notice.Subject == caseId)
            )
        ).First(notice => notice.Subject == caseId);

    private Task ReceivedAsync(int count) =>
        Eventually.GetAsync("notices", () => Task.FromResult(Hook.Received.Count), received => received == count);

    private async Task<string> PutAsync(string caseId)
    {
        await using var db = await DbAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var rows = Host
            .Services.GetRequiredService<NoticeOutbox>()
            .Rows(
                new Notice
                {
                    Type = NoticeTypes.CaseAccepted,
                    CallerId = "hall",
                    CaseId = caseId,
                    At = TimeProvider.System.GetUtcNow(),
                    Data = new Dictionary<string, string?>(),
                }
            );
        db.AppendRange(rows);
        db.WriteAppended();
        await transaction.CommitAsync();
        return rows[0].NoticeId;
    }

    private async Task<string> HealthAsync()
    {
        await Host.ChecksHaveLookedAgainAsync();
        using var answer = await Host.Hall.Http.GetAsync("/health/ready");
        var report = await answer.Content.ReadFromJsonAsync<JsonNode>();
        return (string)report!["checks"]!.AsArray().Single(check => (string?)check!["name"] == "notices")!["status"]!;
    }
}
