using Integration.Contracts.Problems;
using Integration.Gateway.Applications;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Tests.Evidence;

public sealed class SqliteEvidenceLogTests : EvidenceLogTests<SqliteTestDatabase>;

public sealed class PostgresEvidenceLogTests : EvidenceLogTests<PostgresTestDatabase>;

/// <summary>What the evidence log promises, on every engine.</summary>
public abstract class EvidenceLogTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private readonly TDatabase _database = new();
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        _host = await ServiceHost.StartAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Sealed_records_and_the_callers_rows_are_stored_together()
    {
        var drafts = Drafts(3);

        var result = await SealAsync(drafts, db => db.Append(Row("a")));

        Assert.True(result.Succeeded(out var evidence, out _));
        Assert.Equal([1L, 2L, 3L], evidence.Positions.Select(position => position.Sequence));
        Assert.Equal(drafts.Select(draft => draft.EvidenceId), await StoredIdsAsync());
        Assert.Equal(1, await StoredRowsAsync());
    }

    [Fact]
    public async Task Many_callers_at_once_make_one_chain_without_gaps()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => SealAsync(Drafts(2), db => db.Append(Row($"k{i}"))))
        );

        Assert.All(results, result => Assert.True(result.Succeeded(out _, out _)));
        Assert.Equal(200, await StoredRowsAsync());
        Assert.Equal(400, (await StoredIdsAsync()).Count);
        Assert.Null(EvidenceChain.Verify(await ChainAsync(), ChainHead.Start));
    }

    [Fact]
    public async Task A_poisonous_request_fails_alone()
    {
        var good = Enumerable.Range(0, 20).Select(i => SealAsync(Drafts(1), db => db.Add(Row($"g{i}")))).ToList();
        var poison = SealAsync(Drafts(1), _ => throw new InvalidTimeZoneException("poison"));
        good.AddRange(Enumerable.Range(20, 20).Select(i => SealAsync(Drafts(1), db => db.Add(Row($"g{i}")))));

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => poison);
        Assert.All(await Task.WhenAll(good), result => Assert.True(result.Succeeded(out _, out _)));
        Assert.Equal(40, (await StoredIdsAsync()).Count);
        Assert.Null(EvidenceChain.Verify(await ChainAsync(), ChainHead.Start));
    }

    [Fact]
    public async Task Of_two_rows_with_the_same_key_the_second_is_told_that_it_was_overtaken()
    {
        var first = await SealAsync(Drafts(1), db => db.Add(Row("same")));
        var second = await SealAsync(Drafts(1), db => db.Add(Row("same")));

        Assert.True(first.Succeeded(out _, out _));
        Assert.False(second.Succeeded(out _, out var refusal));
        Assert.Same(Refusal.ConcurrencyConflict, refusal);
        Assert.Single(await StoredIdsAsync());
    }

    [Fact]
    public async Task Of_two_rows_with_the_same_key_in_one_commit_one_wins()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => SealAsync(Drafts(1), db => db.Append(Row("same"))))
        );

        Assert.Single(results, result => result.Succeeded(out _, out _));
        Assert.Single(await StoredIdsAsync());
        Assert.Equal(1, await StoredRowsAsync());
    }

    [Fact]
    public async Task Of_two_changes_of_one_row_in_one_commit_the_second_is_told_that_it_was_overtaken()
    {
        await SealAsync(Drafts(1), db => db.Add(Application()));
        using var release = new ManualResetEventSlim();
        var first = SealAsync(Drafts(1), _ => release.Wait(TimeSpan.FromSeconds(10)));
        var changes = new[] { "one", "two" }
            .Select(dossier =>
                SealAsync(
                    Drafts(1),
                    db =>
                    {
                        var row = db.Find<ApplicationRow>("app_1")!;
                        db.Entry(row).Property(stored => stored.Version).OriginalValue = 1;
                        row.Version = 2;
                        row.Dossier = dossier;
                    }
                )
            )
            .ToList();
        release.Set();
        await first;

        var results = await Task.WhenAll(changes);

        Assert.Single(results, result => result.Succeeded(out _, out _));
        Assert.Single(
            results,
            result => !result.Succeeded(out _, out var refusal) && refusal == Refusal.ConcurrencyConflict
        );
        Assert.Equal(3, (await StoredIdsAsync()).Count);
    }

    [Fact]
    public async Task The_chain_goes_on_after_a_restart()
    {
        await SealAsync(Drafts(2), _ => { });
        await _host.DisposeAsync();
        _host = await ServiceHost.StartAsync(_database);

        await SealAsync(Drafts(2), _ => { });

        var chain = await ChainAsync();
        Assert.Equal([1L, 2L, 3L, 4L], chain.Select(row => row.Sequence));
        Assert.Null(EvidenceChain.Verify(chain, ChainHead.Start));
    }

    [Fact]
    public async Task Two_nodes_that_share_a_chain_by_mistake_do_not_break_it()
    {
        await using var other = await ServiceHost.StartAsync(_database);
        for (var i = 0; i < 5; i++)
        {
            Assert.True((await SealAsync(Drafts(1), _ => { })).Succeeded(out _, out _));
            var theirs = await other.Evidence.SealAsync(Drafts(1), _ => { }, TestContext.Current.CancellationToken);
            Assert.True(theirs.Succeeded(out _, out _));
        }

        var chain = await ChainAsync();
        Assert.Equal(10, chain.Count);
        Assert.Null(EvidenceChain.Verify(chain, ChainHead.Start));
    }

    [Fact]
    public async Task What_waits_at_shutdown_is_committed_and_nothing_is_accepted_after_it()
    {
        var waiting = Enumerable.Range(0, 50).Select(_ => SealAsync(Drafts(1), _ => { })).ToList();
        var log = _host.Evidence;
        await _host
            .Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>()
            .OfType<EvidenceWriter>()
            .Single()
            .StopAsync(TestContext.Current.CancellationToken);

        Assert.All(await Task.WhenAll(waiting), result => Assert.True(result.Succeeded(out _, out _)));
        var late = await log.SealAsync(Drafts(1), _ => { }, TestContext.Current.CancellationToken);
        Assert.False(late.Succeeded(out _, out var refusal));
        Assert.Equal(ProblemCodes.EvidenceUnavailable, refusal.Code);
        Assert.Equal(50, (await StoredIdsAsync()).Count);
    }

    [Fact]
    public async Task A_caller_who_no_longer_waits_does_not_take_the_record_back()
    {
        using var gone = new CancellationTokenSource();
        var inCommit = new TaskCompletionSource();
        using var release = new ManualResetEventSlim();
        var sealing = _host.Evidence.SealAsync(
            Drafts(1),
            _ =>
            {
                inCommit.TrySetResult();
                release.Wait(TimeSpan.FromSeconds(10));
            },
            gone.Token
        );
        await inCommit.Task;
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sealing);
        release.Set();

        await SealAsync(Drafts(1), _ => { });
        Assert.Equal(2, (await StoredIdsAsync()).Count);
    }

    internal static EvidenceDraft[] Drafts(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new EvidenceDraft
                {
                    EvidenceId = Identifiers.New("evd", TimeProvider.System),
                    Kind = EvidenceKind.Check,
                    CaseId = "HALL-1",
                    CaseOwner = "hall",
                    ParentId = "vrf_1",
                    CallerId = "hall",
                    Purpose = "electricity.new-connection",
                    Basis = "consent CONSENT-1",
                    Grants = "G-1",
                    Subject = $"check{i}",
                    Outcome = "match",
                    PolicyVersion = "2026-11",
                    At = TimeProvider.System.GetUtcNow(),
                }),
        ];

    private Task<Result<SealedEvidence>> SealAsync(IReadOnlyList<EvidenceDraft> drafts, Action<GatewayDb> alongside) =>
        _host.Evidence.SealAsync(drafts, alongside, TestContext.Current.CancellationToken);

    private IdempotencyRow Row(string key) =>
        new()
        {
            CallerId = "hall",
            Key = key,
            Digest = [1],
            Status = 200,
            Body = ProtectedText.FromCiphertext([1]),
            Scope = string.Empty,
            IsEffect = false,
            At = TimeProvider.System.GetUtcNow(),
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
        };

    private static ApplicationRow Application() =>
        new()
        {
            ApplicationId = "app_1",
            CaseId = "HALL-1",
            CallerId = "hall",
            AcceptedAt = TimeProvider.System.GetUtcNow(),
            Request = ProtectedJson.FromSealed("{}"),
            Dossier = "{}",
            Answer = [],
            Version = 1,
        };

    private async Task<List<EvidenceRow>> ChainAsync()
    {
        await using var db = _host.Db();
        return await db.Set<EvidenceRow>().OrderBy(row => row.Sequence).ToListAsync();
    }

    private async Task<List<string>> StoredIdsAsync() => [.. (await ChainAsync()).Select(row => row.EvidenceId)];

    private async Task<int> StoredRowsAsync()
    {
        await using var db = _host.Db();
        return await db.Set<IdempotencyRow>().CountAsync();
    }
}
