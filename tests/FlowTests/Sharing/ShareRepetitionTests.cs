using Integration.Contracts.Problems;
using Integration.Testing.Drivers;

namespace Integration.FlowTests.Sharing;

/// <summary>The same <c>Idempotency-Key</c> again; and what has an effect at the agency.</summary>
public class ShareRepetitionTests
{
    private const string Query = "grid-capacity/query";
    private const string Order = "grid-capacity/order";

    [Theory]
    [InlineData(Query)]
    [InlineData(Order)]
    public async Task The_same_key_gives_the_same_answer_without_asking_again_and_is_on_record_too(string path)
    {
        await using var scene = await ShareDriver.StartAsync();

        using var first = await scene.Host.Hall.ShareAsync(path, ShareDriver.Question, ("Idempotency-Key", "k-1"));
        using var again = await scene.Host.Hall.ShareAsync(path, ShareDriver.Question, ("Idempotency-Key", "k-1"));

        Assert.Equal((200, 200), ((int)first.StatusCode, (int)again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("application/json", again.Content.Headers.ContentType!.MediaType);
        Assert.Single(scene.Agency.Requests);
        var records = await scene.Host.RecordsAsync();
        string[] outcomes = path == Order ? ["asking", "answered", "repeated"] : ["answered", "repeated"];
        Assert.Equal(outcomes, records.Select(record => record.Fact.Outcome));
        Assert.Equal(records[^1].EvidenceId, Assert.Single(again.Headers.GetValues("X-Evidence-Id")));
        Assert.Null(records[^1].Fact.Call);
    }

    [Fact]
    public async Task The_same_key_with_another_body_path_or_query_is_a_conflict()
    {
        await using var scene = await ShareDriver.StartAsync();
        using var first = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question, ("Idempotency-Key", "k-1"));

        using var body = await scene.Host.Hall.ShareAsync(
            Query,
            """{"unitNumber":"U-2"}""",
            ("Idempotency-Key", "k-1")
        );
        using var path = await scene.Host.Hall.ShareAsync(Order, ShareDriver.Question, ("Idempotency-Key", "k-1"));

        foreach (var answer in new[] { body, path })
        {
            Assert.Equal(409, (int)answer.StatusCode);
            Assert.Equal("idempotency-conflict", (await HallDriver.ProblemOfAsync(answer)).Code);
            Assert.False(answer.Headers.Contains("X-Evidence-Id"));
        }

        Assert.Single(scene.Agency.Requests);
    }

    [Fact]
    public async Task What_has_an_effect_needs_a_key()
    {
        await using var scene = await ShareDriver.StartAsync();

        using var refused = await scene.Host.Hall.ShareAsync(Order, ShareDriver.Question);
        using var accepted = await scene.Host.Hall.ShareAsync(Order, ShareDriver.Question, ("Idempotency-Key", "k-1"));

        Assert.Equal(400, (int)refused.StatusCode);
        var fault = Assert.Single((await HallDriver.ProblemOfAsync(refused)).Errors!);
        Assert.Equal(("header:Idempotency-Key", "missing"), (fault.Pointer, fault.Code));
        Assert.Equal(200, (int)accepted.StatusCode);
        Assert.Single(scene.Agency.Requests);
    }

    [Theory]
    [InlineData("http-500")]
    [InlineData("reset")]
    [InlineData("silent")]
    [InlineData("unreadable")]
    public async Task What_has_an_effect_is_never_sent_twice(string fault)
    {
        await using var scene = await ShareDriver.StartAsync(addresses: 2);
        scene.Agency.Behaviour = (_, reply) =>
        {
            switch (fault)
            {
                case "http-500":
                    return reply.JsonAsync("{}", "500 Oops");
                case "reset":
                    reply.Hang();
                    return Task.CompletedTask;
                case "silent":
                    return reply.StallAsync();
                default:
                    return reply.JsonAsync("<html>");
            }
        };

        using var answer = await scene.Host.Hall.ShareAsync(Order, ShareDriver.Question, ("Idempotency-Key", "k-1"));

        var problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Contains((int)answer.StatusCode, new[] { 502, 504 });
        Assert.Equal(RetryAdvice.Unsafe, problem.Retry);
        Assert.Equal(1, scene.Agencies.Sum(agency => agency.Requests.Count));
    }

    [Fact]
    public async Task What_has_an_effect_is_not_sent_twice_over_a_connection_that_had_been_used_before()
    {
        await using var scene = await ShareDriver.StartAsync();
        using var warm = await scene.Host.Hall.ShareAsync(Order, ShareDriver.Question, ("Idempotency-Key", "k-1"));
        scene.Agency.Behaviour = (_, reply) =>
        {
            reply.Hang(reset: false);
            return Task.CompletedTask;
        };

        using var answer = await scene.Host.Hall.ShareAsync(Order, ShareDriver.Question, ("Idempotency-Key", "k-2"));

        Assert.Equal((200, 502), ((int)warm.StatusCode, (int)answer.StatusCode));
        Assert.Equal(2, scene.Agency.Requests.Count);
    }

    [Fact]
    public async Task The_answer_to_what_has_an_effect_is_kept_though_the_caller_went_away()
    {
        await using var scene = await ShareDriver.StartAsync();
        var (asked, answerNow) = (new TaskCompletionSource(), new TaskCompletionSource());
        scene.Agency.Behaviour = async (_, reply) =>
        {
            asked.SetResult();
            await answerNow.Task;
            await reply.JsonAsync(StandInAgencyAnswers.Unit);
        };
        using var leaving = new CancellationTokenSource();
        var first = scene.Host.Hall.ShareAsync(Order, ShareDriver.Question, leaving.Token, ("Idempotency-Key", "k-1"));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answerNow.SetResult();
        Assert.Equal(["asking", "answered"], (await scene.Host.RecordsAsync(2)).Select(record => record.Fact.Outcome));

        using var again = await scene.Host.Hall.ShareAsync(Order, ShareDriver.Question, ("Idempotency-Key", "k-1"));

        Assert.Equal(StandInAgencyAnswers.Unit, await again.Content.ReadAsStringAsync());
        Assert.Single(scene.Agency.Requests);
    }

    [Fact]
    public async Task An_answer_too_large_to_be_kept_is_refused_and_on_record()
    {
        await using var scene = await ShareDriver.StartAsync();
        scene.Agency.Behaviour = (_, reply) => reply.JsonAsync(StandInAgencyAnswers.Rows(2_000));

        using var refused = await scene.Host.Hall.ShareAsync(
            "grid-capacity/rows",
            body: null,
            ("Idempotency-Key", "k-1")
        );
        using var accepted = await scene.Host.Hall.ShareAsync("grid-capacity/rows", body: null);

        var problem = await HallDriver.ProblemOfAsync(refused);
        Assert.Equal((400, "request-invalid"), ((int)refused.StatusCode, problem.Code));
        Assert.Contains("without Idempotency-Key", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(200, (int)accepted.StatusCode);
        Assert.Equal(
            ["withheld", "answering", "answered"],
            (await scene.Host.RecordsAsync(3)).Select(r => r.Fact.Outcome)
        );
    }

    [Fact]
    public async Task An_answer_kept_under_wider_grants_is_not_handed_on_under_narrower_ones()
    {
        await using var scene = await ShareDriver.StartAsync();
        using var first = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question, ("Idempotency-Key", "k-1"));

        var callers = await File.ReadAllTextAsync(scene.Host.CallersFile);
        await File.WriteAllTextAsync(
            scene.Host.CallersFile,
            callers.Replace("\"data/spareCapacityKw\",", string.Empty, StringComparison.Ordinal)
        );
        using var again = await StandInAgencyAnswers.UntilAsync(
            () => scene.Host.Hall.ShareAsync(Query, ShareDriver.Question, ("Idempotency-Key", "k-1")),
            answer => (int)answer.StatusCode != 200
        );

        Assert.Contains("spareCapacityKw", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var problem = await HallDriver.ProblemOfAsync(again);
        Assert.Equal((403, "not-granted"), ((int)again.StatusCode, problem.Code));
        Assert.Contains("data/spareCapacityKw", problem.Detail, StringComparison.Ordinal);
        await File.WriteAllTextAsync(scene.Host.CallersFile, callers);
        using var restored = await StandInAgencyAnswers.UntilAsync(
            () => scene.Host.Hall.ShareAsync(Query, ShareDriver.Question, ("Idempotency-Key", "k-1")),
            answer => (int)answer.StatusCode == 200
        );
        Assert.Equal(await first.Content.ReadAsStringAsync(), await restored.Content.ReadAsStringAsync());
        Assert.Single(scene.Agency.Requests);
    }

    [Fact]
    public async Task A_question_without_a_body_is_answered_once_for_its_key_too()
    {
        await using var scene = await ShareDriver.StartAsync();

        using var first = await scene.Host.Hall.ShareAsync(
            "grid-capacity/units/U-1/a",
            null,
            ("Idempotency-Key", "k-1")
        );
        using var again = await scene.Host.Hall.ShareAsync(
            "grid-capacity/units/U-1/a",
            null,
            ("Idempotency-Key", "k-1")
        );
        using var other = await scene.Host.Hall.ShareAsync(
            "grid-capacity/units/U-2/a",
            null,
            ("Idempotency-Key", "k-1")
        );

        Assert.Equal((200, 200, 409), ((int)first.StatusCode, (int)again.StatusCode, (int)other.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Single(scene.Agency.Requests);
    }
}
