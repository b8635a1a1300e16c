using System.Security.Cryptography;
using System.Text;
using Integration.Contracts.Problems;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Tests.Evidence;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Tests.Idempotency;

public sealed class SqliteIdempotentRequestsTests : IdempotentRequestsTests<SqliteTestDatabase>;

public sealed class PostgresIdempotentRequestsTests : IdempotentRequestsTests<PostgresTestDatabase>;

/// <summary>What idempotency keys promise, on every engine.</summary>
public abstract class IdempotentRequestsTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private readonly TDatabase _database = new();
    private ServiceHost _host = null!;
    private int _runs;

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
    public async Task The_same_key_and_body_get_the_same_answer_without_a_second_run()
    {
        var first = await SendAsync("k", "body");
        var second = await SendAsync("k", "body");

        Assert.Equal((201, "answer 1"), first);
        Assert.Equal(first, second);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task The_answer_is_the_same_after_a_restart()
    {
        var first = await SendAsync("k", "body");
        await _host.DisposeAsync();
        _host = await ServiceHost.StartAsync(_database);

        Assert.Equal(first, await SendAsync("k", "body"));
    }

    [Theory]
    [InlineData("POST /v1/verifications", "other body")]
    [InlineData("POST /v1/applications", "body")]
    public async Task The_same_key_with_another_body_or_operation_is_a_conflict(string operation, string body)
    {
        await SendAsync("k", "body");

        Assert.Equal((409, ProblemCodes.IdempotencyConflict), await SendAsync("k", body, operation: operation));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task The_same_key_of_another_caller_is_another_request()
    {
        await SendAsync("k", "body");

        Assert.Equal((201, "answer 2"), await SendAsync("k", "body", caller: "other"));
    }

    [Fact]
    public async Task Without_a_key_each_request_runs()
    {
        await SendAsync(null, "body");

        Assert.Equal((201, "answer 2"), await SendAsync(null, "body"));
        await using var db = _host.Db();
        Assert.Equal(0, await db.Set<IdempotencyRow>().CountAsync());
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        var refused = await RunAsync(
            _host,
            "k",
            "body",
            _ => Task.FromResult<Result<StoredResponse>>(Refusal.EvidenceUnavailable)
        );

        Assert.Equal((503, ProblemCodes.EvidenceUnavailable), refused);
        Assert.Equal((201, "answer 1"), await SendAsync("k", "body"));
    }

    [Fact]
    public async Task Duplicates_at_the_same_time_wait_for_the_first()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync("k", "body")));

        Assert.All(answers, answer => Assert.Equal((201, "answer 1"), answer));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Too_many_duplicates_are_told_to_come_back()
    {
        var release = new TaskCompletionSource();
        var first = RunAsync(
            _host,
            "k",
            "body",
            async ticket =>
            {
                await release.Task;
                return await AnswerAsync(_host, ticket);
            }
        );
        var duplicates = Enumerable.Range(0, 40).Select(_ => SendAsync("k", "body")).ToList();

        var early = await Task.WhenAny(duplicates);
        Assert.Equal((409, ProblemCodes.IdempotencyInProgress), await early);
        release.SetResult();

        Assert.Equal((201, "answer 1"), await first);
        Assert.Equal(32, (await Task.WhenAll(duplicates)).Count(answer => answer == (201, "answer 1")));
    }

    [Fact]
    public async Task Of_duplicates_on_two_nodes_the_loser_gives_the_winners_answer()
    {
        await using var other = await ServiceHost.StartAsync(_database, [new("Gateway:Evidence:Chain", "other")]);
        var bothInside = new Barrier(2);
        Func<ServiceHost, Task<(int, string)>> send = host =>
            Task.Run(() =>
                RunAsync(
                    host,
                    "k",
                    "body",
                    ticket =>
                    {
                        bothInside.SignalAndWait(TimeSpan.FromSeconds(10));
                        return AnswerAsync(host, ticket);
                    }
                )
            );

        var answers = await Task.WhenAll(send(_host), send(other));

        Assert.Equal(2, _runs);
        Assert.Equal(answers[0], answers[1]);
        await using var db = _host.Db();
        Assert.Equal(1, await db.Set<EvidenceRow>().CountAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("钥匙")]
    [InlineData("tab\t")]
    public async Task A_malformed_key_is_refused(string key)
    {
        Assert.Equal((400, ProblemCodes.RequestInvalid), await SendAsync(key, "body"));
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task A_key_has_at_most_128_characters()
    {
        Assert.Equal((201, "answer 1"), await SendAsync(new string('k', 128), "body"));
        Assert.Equal((400, ProblemCodes.RequestInvalid), await SendAsync(new string('k', 129), "body"));
    }

    [Fact]
    public async Task The_kept_answer_is_not_readable_in_the_database()
    {
        await SendAsync("k", "body");
        await using var db = _host.Db();

        var row = await db.Set<IdempotencyRow>().SingleAsync();

        Assert.Equal(-1, row.Body!.Ciphertext.AsSpan().IndexOf("answer"u8));
    }

    [Fact]
    public async Task A_kept_answer_is_released_only_under_the_judgement_of_a_fresh_request()
    {
        var first = await SendAsync("k", "body");

        Assert.Equal((403, ProblemCodes.NotGranted), await SendAsync("k", "body", judge: RefusedAsync));
        Assert.Equal((403, ProblemCodes.NotGranted), await SendAsync("k", "other body", judge: RefusedAsync));
        Assert.Equal(first, await SendAsync("k", "body"));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Whoever_is_refused_runs_nothing_with_a_key_or_without()
    {
        Assert.Equal((403, ProblemCodes.NotGranted), await SendAsync("k", "body", judge: RefusedAsync));
        Assert.Equal((403, ProblemCodes.NotGranted), await SendAsync(null, "body", judge: RefusedAsync));
        Assert.Equal(0, _runs);
        Assert.Equal((201, "answer 1"), await SendAsync("k", "body"));
    }

    [Fact]
    public async Task An_answer_that_rests_on_more_than_is_granted_now_is_not_released()
    {
        var first = await SendAsync("k", "body", judge: Allowed("identity/name", "grid/distance"));

        Assert.Equal(
            (403, ProblemCodes.NotGranted),
            await SendAsync("k", "body", judge: Allowed("identity/name", "identity/life"))
        );
        Assert.Equal(
            first,
            await SendAsync("k", "body", judge: Allowed("grid/distance", "identity/life", "identity/name"))
        );
    }

    [Fact]
    public async Task The_loser_of_two_nodes_is_judged_by_what_the_winners_answer_rests_on()
    {
        var isWinnerDone = false;
        var answer = await RunAsync(
            _host,
            "k",
            "body",
            async ticket =>
            {
                await using var other = await ServiceHost.StartAsync(
                    _database,
                    [new("Gateway:Evidence:Chain", "other")]
                );
                isWinnerDone =
                    (await RunAsync(other, "k", "body", its => AnswerAsync(other, its), judge: Allowed("wide"))).Status
                    == 201;
                return await AnswerAsync(_host, ticket);
            },
            judge: Allowed("narrow")
        );

        Assert.True(isWinnerDone);
        Assert.Equal((403, ProblemCodes.NotGranted), answer);
    }

    [Fact]
    public async Task What_commits_nothing_of_its_own_is_kept_all_the_same()
    {
        Task<(int, string)> sendAsync(string body) =>
            RunAsync(
                _host,
                "k",
                body,
                _ =>
                    Task.FromResult<Result<StoredResponse>>(
                        StoredResponse.Ok(Encoding.UTF8.GetBytes($"answer {Interlocked.Increment(ref _runs)}"))
                    )
            );

        Assert.Equal((200, "answer 1"), await sendAsync("body"));
        Assert.Equal((200, "answer 1"), await sendAsync("body"));
        Assert.Equal((409, ProblemCodes.IdempotencyConflict), await sendAsync("other body"));
    }

    [Fact]
    public async Task The_digest_of_a_request_tells_nothing_without_the_key()
    {
        const string operation = "POST /v1/verifications";
        await SendAsync("k", "421022197001010112");
        await using var db = _host.Db();
        var stored = (await db.Set<IdempotencyRow>().SingleAsync()).Digest;
        var bytes = Encoding.UTF8.GetBytes($"{operation}\n421022197001010112");
        var settings = ServiceParts.SettingsFor(_database);
        var key = Convert.FromBase64String(
            await File.ReadAllTextAsync(settings["Gateway:Protection:LookupKey"]!["file:".Length..])
        );

        Assert.NotEqual(SHA256.HashData(bytes), stored);
        var message = $"idempotent-request\n{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        Assert.Equal(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(message)), stored);
    }

    private static async Task<(int Status, string Text)> RunAsync(
        ServiceHost host,
        string? key,
        string body,
        Func<IdempotencyTicket, Task<Result<StoredResponse>>> handle,
        string caller = "hall",
        string operation = "POST /v1/verifications",
        Func<Task<Result<Permission>>>? judge = null
    )
    {
        var result = await host.Get<IdempotentRequests>()
            .RunAsync(
                new IdempotentRequest(caller, key, operation, Encoding.UTF8.GetBytes(body)),
                judge ?? Allowed(),
                (_, ticket) => handle(ticket),
                TestContext.Current.CancellationToken
            );
        return result.Succeeded(out var answer, out var refusal)
            ? (answer.Status, Encoding.UTF8.GetString(answer.Body))
            : (refusal.Status, refusal.Code);
    }

    private Task<(int Status, string Text)> SendAsync(
        string? key,
        string body,
        string caller = "hall",
        string operation = "POST /v1/verifications",
        Func<Task<Result<Permission>>>? judge = null
    ) => RunAsync(_host, key, body, ticket => AnswerAsync(_host, ticket), caller, operation, judge);

    private static Func<Task<Result<Permission>>> Allowed(params string[] scope) =>
        () => Task.FromResult<Result<Permission>>(new Permission(scope));

    private static Task<Result<Permission>> RefusedAsync() =>
        Task.FromResult<Result<Permission>>(Refusal.NotGranted("Rule test: it has ended."));

    private async Task<Result<StoredResponse>> AnswerAsync(ServiceHost host, IdempotencyTicket ticket)
    {
        var answer = StoredResponse.Created(Encoding.UTF8.GetBytes($"answer {Interlocked.Increment(ref _runs)}"));
        var unit = UnitOfWork.From(EvidenceLogTests<TDatabase>.Drafts(1));
        unit.Store(ticket, answer);
        return await host.Evidence.CommitAsync(unit, answer);
    }

    private sealed record Permission(IReadOnlyCollection<string> Scope) : IPermission;
}
