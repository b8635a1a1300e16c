using Integration.Contracts.Problems;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Integration.Gateway.Tests.Evidence;

public sealed class SqliteUnitOfWorkTests : UnitOfWorkTests<SqliteTestDatabase>;

public sealed class PostgresUnitOfWorkTests : UnitOfWorkTests<PostgresTestDatabase>;

/// <summary>One change of state: load, decide, commit, and again after a conflict; on every engine.</summary>
public abstract class UnitOfWorkTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private const string TimerKind = "test-unit";
    private static readonly DateTimeOffset s_later = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TDatabase _database = new();
    private ServiceHost _host = null!;
    private CountedStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        _host = await ServiceHost.StartAsync(_database);
        _store = new CountedStore(_host.Get<IDbContextFactory<GatewayDb>>());
        var unit = new UnitOfWork();
        _store.Insert(unit);
        Assert.True((await CommitAsync(unit)).Succeeded(out _, out _));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_conflict_is_decided_again_on_a_fresh_read_and_no_change_is_lost()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ConcurrencyRetry.RunAsync(CountAsync)));

        Assert.All(results, result => Assert.True(result.Succeeded(out _, out _)));
        var counted = await _store.FindAsync();
        Assert.Equal((8, 9), (counted.EarlierMilestones, counted.Version));
        Assert.Equal(8, await EvidenceAsync());
    }

    [Fact]
    public async Task A_step_that_loses_twenty_times_answers_with_the_conflict()
    {
        var attempts = 0;
        var result = await ConcurrencyRetry.RunAsync(async () =>
        {
            attempts++;
            var stale = await _store.FindAsync();
            Assert.True((await CountAsync()).Succeeded(out _, out _)); // another request is faster
            return await CommitAsync(Counted(stale));
        });

        Assert.True(result.IsConcurrencyConflict);
        Assert.Equal(ConcurrencyRetry.MostAttempts, attempts);
        Assert.Equal(20, (await _store.FindAsync()).EarlierMilestones); // of the others
        Assert.Equal(20, await EvidenceAsync());
    }

    [Fact]
    public async Task What_another_step_refuses_is_not_tried_again()
    {
        var attempts = new List<bool>();
        var result = await ConcurrencyRetry.RunAsync(isFirst =>
        {
            attempts.Add(isFirst);
            Result<Case> refused = attempts.Count == 1 ? Refusal.ConcurrencyConflict : Refusal.ChangedMeanwhile;
            return Task.FromResult(refused);
        });

        Assert.Equal([true, false], attempts);
        Assert.False(result.IsConcurrencyConflict);
    }

    [Fact]
    public async Task What_cannot_be_committed_is_refused_by_what_it_holds()
    {
        await _host
            .Get<IEnumerable<IHostedService>>()
            .OfType<EvidenceWriter>()
            .Single()
            .StopAsync(TestContext.Current.CancellationToken);
        var withoutEvidence = new UnitOfWork();
        withoutEvidence.SetTimer(TimerKind, "1", s_later);

        Assert.False((await CommitAsync(withoutEvidence)).Succeeded(out _, out var plain));
        Assert.False((await CommitAsync(UnitOfWork.From(Drafts(1)))).Succeeded(out _, out var evidence));
        Assert.Equal(ProblemCodes.Unavailable, plain.Code);
        Assert.Equal(ProblemCodes.EvidenceUnavailable, evidence.Code);
    }

    [Fact]
    public async Task A_unit_that_is_written_again_after_the_failure_of_another_writes_the_same_rows()
    {
        using var release = new ManualResetEventSlim();
        var inCommit = new TaskCompletionSource();
        var first = SealAsync(_ =>
        {
            inCommit.TrySetResult();
            release.Wait(TimeSpan.FromSeconds(30));
        });
        await inCommit.Task; // those that follow are committed together
        var written = 0;
        var unit = Counted(await _store.FindAsync());
        unit.SetTimer(TimerKind, "1", s_later);
        unit.Write(new TestWrite(() => written++));
        var good = CommitAsync(unit);
        var poison = SealAsync(_ => throw new InvalidTimeZoneException("poison"));
        release.Set();
        await first;

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => poison);
        Assert.True((await good).Succeeded(out _, out _));
        Assert.Equal(2, written);
        var counted = await _store.FindAsync();
        Assert.Equal((1, 2), (counted.EarlierMilestones, counted.Version));
        await using var db = _host.Db();
        Assert.Equal(s_later, (await db.Set<TimerRow>().SingleAsync(row => row.Kind == TimerKind)).DueAt);
        Assert.Equal(2, await EvidenceAsync()); // the first and the good one
    }

    private async Task<Result<SealedEvidence>> CountAsync() => await CommitAsync(Counted(await _store.FindAsync()));

    private UnitOfWork Counted(Case read)
    {
        var unit = UnitOfWork.From(Drafts(1));
        _store.Count(unit, read);
        return unit;
    }

    private Task<Result<SealedEvidence>> CommitAsync(UnitOfWork unit) =>
        _host.Evidence.CommitAsync(unit, TestContext.Current.CancellationToken);

    private Task<Result<SealedEvidence>> SealAsync(Action<GatewayDb> alongside) =>
        _host.Evidence.SealAsync(Drafts(1), alongside, TestContext.Current.CancellationToken);

    private static EvidenceDraft[] Drafts(int count) => EvidenceLogTests<TDatabase>.Drafts(count);

    private async Task<int> EvidenceAsync()
    {
        await using var db = _host.Db();
        return await db.Set<EvidenceRow>().CountAsync();
    }

    private sealed record TestWrite(Action Write) : IRowWrite
    {
        public void WriteTo(GatewayDb db) => Write();
    }

    /// <summary>One case, whose milestones are counted.</summary>
    private sealed class CountedStore(IDbContextFactory<GatewayDb> factory) : DocumentStore<Case, CaseRow>(factory)
    {
        private static readonly string s_key = CaseRow.KeyOf("hall", "CASE-1");

        public void Insert(UnitOfWork unit)
        {
            var opened = new Case
            {
                CaseId = "CASE-1",
                CallerId = "hall",
                Purpose = "electricity.new-connection",
                OpenedAt = new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero),
                PolicyVersion = "2026-11",
                Version = 1,
            };
            unit.Add(
                new CaseRow
                {
                    CaseKey = s_key,
                    CaseId = opened.CaseId,
                    CallerId = opened.CallerId,
                    OpenedAt = opened.OpenedAt,
                    File = opened.ToJson(),
                    Version = opened.Version,
                }
            );
        }

        public async Task<Case> FindAsync() => (await FindByKeyAsync(s_key, CancellationToken.None))!;

        public void Count(UnitOfWork unit, Case read) =>
            Replace(
                unit,
                s_key,
                read,
                read with
                {
                    EarlierMilestones = read.EarlierMilestones + 1,
                    Version = read.Version + 1,
                }
            );

        protected override Case Open(CaseRow row) => Case.FromJson(row.File);

        protected override void Put(CaseRow row, Case document) =>
            (row.File, row.Version) = (document.ToJson(), document.Version);
    }
}
