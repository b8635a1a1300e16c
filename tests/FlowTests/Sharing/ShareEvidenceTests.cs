using Integration.Contracts.Problems;
using Integration.FlowTests.Operations;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;

namespace Integration.FlowTests.Sharing;

/// <summary>No evidence, no answer: for forwarded requests. On SQLite; each kind of answer once on PostgreSQL.</summary>
public class ShareEvidenceTests
{
    private const string Query = "grid-capacity/query";
    private const string Order = "grid-capacity/order";

    [Fact]
    public async Task Without_evidence_nothing_of_the_answer_leaves_and_the_same_key_gets_it_later()
    {
        await using var scene = await ShareDriver.StartAsync(
            settings: ShareDriver.With(("Gateway:Database:Timeout", "00:00:01"))
        );
        await using (await EvidenceUnavailableTests.LockAsync(scene.Host))
        {
            using var refused = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question, ("Idempotency-Key", "k"));

            var text = await refused.Content.ReadAsStringAsync();
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.Contains("\"evidence-unavailable\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("U-1", text, StringComparison.Ordinal);
            Assert.False(refused.Headers.Contains("X-Evidence-Id"));
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.Empty(await scene.Host.RecordsAsync());
        using var answer = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question, ("Idempotency-Key", "k"));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("answered", Assert.Single(await scene.Host.RecordsAsync()).Fact.Outcome);
    }

    [Fact]
    public async Task A_failure_is_not_told_without_its_record_either()
    {
        await using var scene = await ShareDriver.StartAsync(
            settings: ShareDriver.With(("Gateway:Database:Timeout", "00:00:01"))
        );
        scene.Agency.Behaviour = (_, reply) => reply.JsonAsync("{}", "403 No");
        await using (await EvidenceUnavailableTests.LockAsync(scene.Host))
        {
            using var refused = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question);
            Assert.Equal("evidence-unavailable", (await HallDriver.ProblemOfAsync(refused)).Code);
        }

        using var told = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question);
        Assert.Equal("agency-refused", (await HallDriver.ProblemOfAsync(told)).Code);
        Assert.Equal("refused", Assert.Single(await scene.Host.RecordsAsync()).Fact.Outcome);
    }

    [Fact]
    public async Task What_has_an_effect_is_not_sent_without_a_record_and_never_called_safe_when_the_record_of_its_answer_fails()
    {
        await using var scene = await ShareDriver.StartAsync(
            settings: ShareDriver.With(("Gateway:Database:Timeout", "00:00:01"))
        );
        await using (await EvidenceUnavailableTests.LockAsync(scene.Host))
        {
            using var notSent = await scene.Host.Hall.ShareAsync(Order, ShareDriver.Question, ("Idempotency-Key", "k"));
            var problem = await HallDriver.ProblemOfAsync(notSent);
            Assert.Equal(("evidence-unavailable", RetryAdvice.Safe), (problem.Code, problem.Retry));
            Assert.True(scene.Agency.IsUntouched);
        }

        IAsyncDisposable? locked = null;
        scene.Agency.Behaviour = async (_, reply) =>
        {
            locked = await EvidenceUnavailableTests.LockAsync(scene.Host);
            await reply.JsonAsync(StandInAgency.Found);
        };
        using var lost = await scene.Host.Hall.ShareAsync(Order, ShareDriver.Question, ("Idempotency-Key", "k"));
        await locked!.DisposeAsync();

        var unsure = await HallDriver.ProblemOfAsync(lost);
        Assert.Equal(("evidence-unavailable", RetryAdvice.Unsafe), (unsure.Code, unsure.Retry));
        Assert.Single(scene.Agency.Requests);
        Assert.Equal("asking", Assert.Single(await scene.Host.RecordsAsync()).Fact.Outcome);
    }

    [Fact]
    public async Task On_PostgreSQL_too_each_answer_is_on_record_and_repeated_from_there()
    {
        await using var scene = await ShareDriver.StartAsync(change: options =>
            options with
            {
                Engine = Engine.PostgreSql,
            }
        );

        using var first = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question, ("Idempotency-Key", "k"));
        using var again = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question, ("Idempotency-Key", "k"));
        scene.Agency.Behaviour = (_, reply) => reply.JsonAsync(StandInAgencyAnswers.Rows(2_000));
        using var large = await scene.Host.Hall.ShareAsync("grid-capacity/rows", body: null);
        scene.Agency.Behaviour = (_, reply) => reply.JsonAsync(StandInAgency.Found, "500 Oops");
        using var failed = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question);

        Assert.Equal(
            [200, 200, 200, 502],
            new[] { first, again, large, failed }.Select(answer => (int)answer.StatusCode)
        );
        Assert.Equal(
            ["answered", "repeated", "answering", "answered", "unanswered"],
            (await scene.Host.RecordsAsync(5)).Select(record => record.Fact.Outcome)
        );
    }
}
