using System.Net;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Cases;

public sealed class SqliteCaseTimelineTests : CaseTimelineTests
{
    protected override Engine Engine => Engine.Sqlite;
}

public sealed class PostgresCaseTimelineTests : CaseTimelineTests
{
    protected override Engine Engine => Engine.PostgreSql;
}

/// <summary>A timeline is read whole, page by page; what others put on record under its number is of another case.</summary>
public abstract class CaseTimelineTests : IAsyncLifetime
{
    private CaseDriver _cases = null!;

    protected abstract Engine Engine { get; }

    public async ValueTask InitializeAsync() => _cases = await CaseDriver.StartAsync(Engine);

    public ValueTask DisposeAsync() => _cases.DisposeAsync();

    [Fact]
    public async Task What_another_caller_records_under_the_same_number_leaves_the_case_whole_and_unflagged()
    {
        var caseId = await _cases.AcceptedAsync();
        var before = await _cases.Host.Hall.Api.GetCaseAsync(caseId);

        await RecordAsync(1500, caseId, owner: "hall-limited", by: "hall-limited");
        await _cases.Host.As("hall-limited").Api.VerifyAsync(HallRequests.Identity("p02") with { CaseId = caseId });

        var after = await _cases.Host.Hall.Api.GetCaseAsync(caseId);
        Assert.Equal(before.Timeline, after.Timeline);
        Assert.Null(after.Next);
        Assert.Empty(after.Flags);
        await _cases.CopyToAsync("hall-limited", caseId);
        var theirs = await PagesAsync(_cases.Host.As("hall-limited"), caseId);
        Assert.True(theirs.Count > 1500);
        Assert.DoesNotContain(theirs, entry => entry.By == "hall");
    }

    [Fact]
    public async Task The_cases_own_records_push_nothing_out_and_every_entry_is_on_one_page()
    {
        var caseId = await _cases.AcceptedAsync();
        var first = await _cases.Host.Hall.Api.GetCaseAsync(caseId);
        var acceptance = first.Timeline.Single(entry => entry.Outcome == "accepted" && entry.Kind == "milestone");
        await RecordAsync(700, caseId, owner: "hall", by: "hall"); // one moment
        _cases.Clock.Advance(TimeSpan.FromMinutes(5));
        await RecordAsync(1600, caseId, owner: "hall", by: "hall");
        await _cases.Host.Hall.Api.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "surveyed" });

        var newest = await _cases.Host.Hall.Api.GetCaseAsync(caseId);
        Assert.Equal(1000, newest.Timeline.Count);
        Assert.NotNull(newest.Note);
        Assert.Empty(newest.Flags); // judged by every record, not by those of a page
        var all = await PagesAsync(_cases.Host.Hall, caseId);
        Assert.Empty(first.Timeline.Except(all));
        Assert.Contains(acceptance, all);
        Assert.Equal(2300, all.Count(entry => entry is { What: "identity", Reference: "vrf_1" }));
        Assert.Single(all, entry => entry.Outcome == "surveyed");
        Assert.All(first.Timeline, entry => Assert.Single(all, other => other == entry));
        Assert.Equal(first.Timeline.Count + 2300 + 1, all.Count);
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Equal(all.Select(entry => entry.At).Order(), all.Select(entry => entry.At));
        Assert.Equal(all, await PagesAsync(_cases.Host.As("ops"), caseId));
    }

    [Fact]
    public async Task An_altered_case_is_found_among_thousands_of_records_and_a_late_start_too()
    {
        var request = HallRequests.Residential("p02", "t02") with { Basis = Consent };
        await RecordAsync(3, request.CaseId!, owner: "hall", by: "hall");
        _cases.MoveTo("2026-11-24T10:00:00+08:00");
        await _cases.Host.Hall.Api.ApplyAsync(request with { Basis = Consent });
        await RecordAsync(2500, request.CaseId!, owner: "hall", by: "hall");
        await _cases.AlterAsync(
            request.CaseId!,
            file => file.Replace("2026-11-24T02:00:00", "2026-11-24T03:00:00", StringComparison.Ordinal)
        );

        var flags = (await _cases.Host.Hall.Api.GetCaseAsync(request.CaseId!)).Flags.Select(flag => flag.Flag).ToList();

        Assert.Contains("late-start", flags);
        Assert.Contains("altered-time", flags);
    }

    [Fact]
    public async Task An_event_delivered_twelve_hundred_times_pushes_nothing_out_of_its_case_or_its_history()
    {
        using var municipal = _cases.Host.Municipal();
        var receipt = await municipal.AcceptedAsync(MunicipalEvents.Opened(time: _cases.Clock.GetUtcNow()));
        await _cases.SoonAsync(
            "the event is processed",
            () => municipal.ReadAsync(receipt.ReceiptId),
            answer => answer.State == EventState.Processed
        );
        await RecordAsync(
            1200,
            receipt.CaseId,
            owner: "hall",
            by: "municipal",
            draft =>
                draft with
                {
                    Kind = EvidenceKind.Event,
                    ParentId = receipt.ReceiptId,
                    Subject = "enterprise.opened",
                    Outcome = "delivered-again",
                }
        );

        var whole = await PagesAsync(_cases.Host.Hall, receipt.CaseId);
        var part = await PagesAsync(_cases.Host.As("municipal"), receipt.CaseId);
        var history = await HistoryAsync(municipal, receipt.ReceiptId);

        Assert.Single(whole, entry => entry is { Kind: "milestone", Outcome: "accepted" });
        Assert.Equal(1200, whole.Count(entry => entry.Outcome == "delivered-again"));
        Assert.Equal(1200, part.Count(entry => entry.Outcome == "delivered-again"));
        Assert.All(part, entry => Assert.Equal(("event", "municipal"), (entry.Kind, entry.By)));
        Assert.Equal(1200, history.Count(entry => entry.What == "delivered-again"));
        Assert.Equal("received", history[0].What);
        Assert.Single(history, entry => entry.What == "processed");
        Assert.Empty((await _cases.Host.Hall.Api.GetCaseAsync(receipt.CaseId)).Flags);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("1_2")]
    [InlineData("1_2_")]
    [InlineData("-1_1_local")]
    [InlineData("1_0_-1")]
    [InlineData("1_1_LOCAL")]
    [InlineData("99999999999999999999_1_local")]
    [InlineData("1_0_1_2")]
    public async Task A_cursor_that_was_not_given_is_refused(string cursor)
    {
        var caseId = await _cases.AcceptedAsync();
        using var answer = await _cases.Host.Hall.GetAsync($"/v1/cases/{caseId}?cursor={cursor}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("query:cursor", Assert.Single((await HallDriver.ProblemOfAsync(answer)).Errors!).Pointer);
    }

    private Contracts.V1.Verifications.LegalBasis Consent =>
        HallRequests.Consent with
        {
            GrantedAt = _cases.Clock.GetUtcNow(),
        };

    /// <summary>Puts checks on record through the log itself: so many requests would take minutes.</summary>
    private async Task RecordAsync(
        int count,
        string caseId,
        string owner,
        string by,
        Func<EvidenceDraft, EvidenceDraft>? change = null
    )
    {
        var drafts = Enumerable
            .Range(0, count)
            .Select(_ => new EvidenceDraft
            {
                EvidenceId = Identifiers.New("evd", _cases.Clock),
                Kind = EvidenceKind.Check,
                CaseId = caseId,
                CaseOwner = owner,
                ParentId = "vrf_1",
                CallerId = by,
                Purpose = "electricity.new-connection",
                Basis = "consent:CONSENT-1",
                Grants = "G-1",
                Subject = "identity",
                Outcome = "match",
                PolicyVersion = "gongan-2022.1",
                At = _cases.Clock.GetUtcNow(),
            })
            .Select(draft => change is null ? draft : change(draft))
            .ToList();
        var sealing = await _cases
            .Host.Services.GetRequiredService<EvidenceLog>()
            .CommitAsync(UnitOfWork.From(drafts), CancellationToken.None);
        Assert.True(sealing.Succeeded(out _, out _));
    }

    /// <summary>The whole timeline, oldest first.</summary>
    private static async Task<List<TimelineEntry>> PagesAsync(HallDriver caller, string caseId)
    {
        var all = new List<TimelineEntry>();
        string? cursor = null;
        do
        {
            var page = await caller.Api.GetCaseAsync(caseId, cursor: cursor);
            Assert.InRange(page.Timeline.Count, 1, 1000);
            all.InsertRange(0, page.Timeline);
            cursor = page.Next;
        } while (cursor is not null);

        return all;
    }

    private static async Task<List<EventHistoryEntry>> HistoryAsync(MunicipalDriver municipal, string receiptId)
    {
        var all = new List<EventHistoryEntry>();
        string? cursor = null;
        do
        {
            var page = await municipal.ReadAsync(receiptId, cursor);
            Assert.InRange(page.History.Count, 1, 100);
            all.InsertRange(0, page.History);
            cursor = page.Next;
        } while (cursor is not null);

        return all;
    }
}
