using Integration.Contracts.Problems;
using Integration.FlowTests.Operations;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;

namespace Integration.FlowTests.Sharing;

/// <summary>No evidence, no answer: for forwarded requests, on both engines.</summary>
public class ShareEvidenceTests
{
    private const string Query = "grid-capacity/query";
    private const string Order = "grid-capacity/order";

    [Fact]
    public async Task Without_evidence_nothing_of_the_answer_leaves_and_the_same_key_gets_it_later()
    {
        await using var scene = await StandInScene.Start(
            settings: StandInScene.With(("Gateway:Database:Timeout", "00:00:01"))
        );
        await using (await EvidenceUnavailableTests.Lock(scene.Host))
        {
            using var refused = await scene.Host.Hall.Share(Query, StandInScene.Question, ("Idempotency-Key", "k"));

            var text = await refused.Content.ReadAsStringAsync();
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.Contains("\"evidence-unavailable\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("U-1", text, StringComparison.Ordinal);
            Assert.False(refused.Headers.Contains("X-Evidence-Id"));
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.Empty(await scene.Host.Records());
        using var answer = await scene.Host.Hall.Share(Query, StandInScene.Question, ("Idempotency-Key", "k"));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("answered", Assert.Single(await scene.Host.Records()).Fact.Outcome);
    }

    [Fact]
    public async Task A_failure_is_not_told_without_its_record_either()
    {
        await using var scene = await StandInScene.Start(
            settings: StandInScene.With(("Gateway:Database:Timeout", "00:00:01"))
        );
        scene.Agency.Behaviour = (_, reply) => reply.Json("{}", "403 No");
        await using (await EvidenceUnavailableTests.Lock(scene.Host))
        {
            using var refused = await scene.Host.Hall.Share(Query, StandInScene.Question);
            Assert.Equal("evidence-unavailable", (await HallDriver.ProblemOf(refused)).Code);
        }

        using var told = await scene.Host.Hall.Share(Query, StandInScene.Question);
        Assert.Equal("agency-refused", (await HallDriver.ProblemOf(told)).Code);
        Assert.Equal("refused", Assert.Single(await scene.Host.Records()).Fact.Outcome);
    }

    [Fact]
    public async Task What_has_an_effect_is_not_sent_without_a_record_and_never_called_safe_when_the_record_of_its_answer_fails()
    {
        await using var scene = await StandInScene.Start(
            settings: StandInScene.With(("Gateway:Database:Timeout", "00:00:01"))
        );
        await using (await EvidenceUnavailableTests.Lock(scene.Host))
        {
            using var notSent = await scene.Host.Hall.Share(Order, StandInScene.Question, ("Idempotency-Key", "k"));
            var problem = await HallDriver.ProblemOf(notSent);
            Assert.Equal(("evidence-unavailable", RetryAdvice.Safe), (problem.Code, problem.Retry));
            Assert.True(scene.Agency.IsUntouched);
        }

        IAsyncDisposable? locked = null;
        scene.Agency.Behaviour = async (_, reply) =>
        {
            locked = await EvidenceUnavailableTests.Lock(scene.Host);
            await reply.Json(StandInAgency.Found);
        };
        using var lost = await scene.Host.Hall.Share(Order, StandInScene.Question, ("Idempotency-Key", "k"));
        await locked!.DisposeAsync();

        var unsure = await HallDriver.ProblemOf(lost);
        Assert.Equal(("evidence-unavailable", RetryAdvice.Unsafe), (unsure.Code, unsure.Retry));
        Assert.Single(scene.Agency.Requests);
        Assert.Equal("asking", Assert.Single(await scene.Host.Records()).Fact.Outcome);
    }

    [Fact]
    public async Task On_PostgreSQL_too_each_answer_is_on_record_and_repeated_from_there()
    {
        await using var scene = await StandInScene.Start(change: options =>
            options with
            {
                Engine = Engine.PostgreSql,
            }
        );

        using var first = await scene.Host.Hall.Share(Query, StandInScene.Question, ("Idempotency-Key", "k"));
        using var again = await scene.Host.Hall.Share(Query, StandInScene.Question, ("Idempotency-Key", "k"));
        scene.Agency.Behaviour = (_, reply) => reply.Json(StandInAgencyAnswers.Rows(2_000));
        using var large = await scene.Host.Hall.Share("grid-capacity/rows", body: null);
        scene.Agency.Behaviour = (_, reply) => reply.Json(StandInAgency.Found, "500 Oops");
        using var failed = await scene.Host.Hall.Share(Query, StandInScene.Question);

        Assert.Equal(
            [200, 200, 200, 502],
            new[] { first, again, large, failed }.Select(answer => (int)answer.StatusCode)
        );
        Assert.Equal(
            ["answered", "repeated", "answering", "answered", "unanswered"],
            (await scene.Host.Records(5)).Select(record => record.Fact.Outcome)
        );
    }
}
