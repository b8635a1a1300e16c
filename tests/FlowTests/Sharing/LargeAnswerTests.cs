using System.Text;
using Integration.FlowTests.Operations;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;

namespace Integration.FlowTests.Sharing;

/// <summary>Answers that are too large to be held: they stream through, in bounded memory, and never look whole when they are not.</summary>
public class LargeAnswerTests
{
    private const string Rows = "grid-capacity/rows";
    private const int Piece = 150;

    [Fact]
    public async Task An_answer_larger_than_allowed_is_refused_when_announced_and_broken_off_when_not()
    {
        await using var scene = await ShareDriver.StartAsync();
        scene.Agency.Behaviour = (_, reply) =>
            reply.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 209715201\r\n\r\n{");

        using var announced = await scene.Host.Hall.ShareAsync(Rows, body: null);

        Assert.Equal(502, (int)announced.StatusCode);
        Assert.Equal("answer-unreadable", (await HallDriver.ProblemOfAsync(announced)).Code);
        var record = (await scene.Host.RecordsAsync())[^1].Fact;
        Assert.Equal(("unanswered", "too-large", 1), (record.Outcome, record.Failure!.Code, record.Call!.Attempts));

        scene.Agency.Behaviour = (_, reply) => reply.JsonAsync($"{{\"code\":0,\"x\":\"{new string('x', 70_000)}\"}}");
        using var silent = await scene.Host.Hall.ShareAsync(
            "grid-capacity/order",
            ShareDriver.Question,
            ("Idempotency-Key", "k")
        );
        Assert.Equal("answer-unreadable", (await HallDriver.ProblemOfAsync(silent)).Code);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("closed")]
    [InlineData("stalled")]
    [InlineData("malformed")]
    [InlineData("too large")]
    public async Task What_breaks_off_after_it_began_to_leave_is_a_broken_connection_and_a_second_record(string fault)
    {
        await using var scene = await ShareDriver.StartAsync(
            settings: ShareDriver.With(("Gateway:Sharing:StallSeconds", "1"))
        );
        scene.Agency.Behaviour = async (_, reply) =>
        {
            await reply.BeginAsync();
            await reply.ChunkAsync(Encoding.UTF8.GetBytes(StandInAgencyAnswers.RowsBegin));
            await reply.ChunkAsync(StandInAgencyAnswers.Chunk(1, 3_000));
            await FailAsync(fault, reply);
        };
        using var staying = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        using var answer = await scene.Host.Hall.ShareAsync("grid-capacity/list", body: null, staying.Token);

        Assert.Equal(200, (int)answer.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsStringAsync(staying.Token));
        Assert.False(staying.IsCancellationRequested);
        var records = await scene.Host.RecordsAsync(2);
        Assert.Equal(["answering", "brokenOff"], records.Select(record => record.Fact.Outcome));
        Assert.Equal(records[0].EvidenceId, Assert.Single(answer.Headers.GetValues("X-Evidence-Id")));
        Assert.EndsWith($"began with {records[0].EvidenceId}", records[1].Fact.Detail, StringComparison.Ordinal);
        Assert.Equal("agency", records[1].Fact.Failure!.Side.Replace("network", "agency", StringComparison.Ordinal));
        Assert.Null(records[1].Fact.Call!.AnswerDigest);
        Assert.Single(scene.Agency.Requests);
    }

    [Fact]
    public async Task A_caller_who_goes_away_in_mid_answer_is_on_record_and_the_agency_is_let_go()
    {
        await using var scene = await ShareDriver.StartAsync();
        var letGo = new TaskCompletionSource();
        scene.Agency.Behaviour = async (_, reply) =>
        {
            await reply.BeginAsync();
            await reply.ChunkAsync(Encoding.UTF8.GetBytes(StandInAgencyAnswers.RowsBegin));
            try
            {
                for (var first = 1; first < 2_000_000; first += Piece)
                {
                    await reply.ChunkAsync(StandInAgencyAnswers.Chunk(first, Piece));
                }
            }
            catch (IOException)
            {
                letGo.SetResult();
                throw;
            }
        };
        using (var leaving = new CancellationTokenSource(TimeSpan.FromSeconds(60)))
        {
            using var answer = await scene.Host.Hall.ShareAsync(Rows, body: null, leaving.Token);
            await using var body = await answer.Content.ReadAsStreamAsync(leaving.Token);
            await body.ReadExactlyAsync(new byte[200_000], leaving.Token);
        }

        await letGo.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var records = await scene.Host.RecordsAsync(2);
        Assert.Equal(["answering", "brokenOff"], records.Select(record => record.Fact.Outcome));
        Assert.Null(records[1].Fact.Failure);
    }

    [Fact]
    public async Task A_caller_who_goes_away_before_the_answer_is_on_record_and_the_agency_is_let_go()
    {
        await using var scene = await ShareDriver.StartAsync();
        var (asked, letGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        scene.Agency.Behaviour = async (_, reply) =>
        {
            asked.SetResult();
            await reply.StallAsync();
            letGo.SetResult();
        };
        using var leaving = new CancellationTokenSource();

        var answer = scene.Host.Hall.ShareAsync(Rows, body: null, leaving.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await letGo.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var record = Assert.Single(await scene.Host.RecordsAsync(1)).Fact;
        Assert.Equal(("abandoned", 1), (record.Outcome, record.Call!.Attempts));
        Assert.Null(record.Failure);
    }

    [Fact]
    public async Task A_large_answer_does_not_begin_to_leave_without_its_record()
    {
        await using var scene = await ShareDriver.StartAsync(
            settings: ShareDriver.With(("Gateway:Database:Timeout", "00:00:01"))
        );
        scene.Agency.Behaviour = (_, reply) => reply.JsonAsync(StandInAgencyAnswers.Rows(3_000));
        await using (await EvidenceUnavailableTests.LockAsync(scene.Host))
        {
            using var refused = await scene.Host.Hall.ShareAsync(Rows, body: null);
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.Equal("evidence-unavailable", (await HallDriver.ProblemOfAsync(refused)).Code);
            Assert.False(refused.Headers.Contains("X-Evidence-Id"));
        }

        using var answer = await scene.Host.Hall.ShareAsync(Rows, body: null);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(
            ["answering", "answered"],
            (await scene.Host.RecordsAsync(2)).Select(record => record.Fact.Outcome)
        );
    }

    private static Task FailAsync(string fault, StandInReply reply)
    {
        switch (fault)
        {
            case "reset" or "closed":
                reply.Hang(reset: fault == "reset");
                return Task.CompletedTask;
            case "stalled":
                return reply.StallAsync();
            case "malformed":
                return EndedAsync(reply, "},]");
            default:
                return TooMuchAsync(reply);
        }
    }

    private static async Task EndedAsync(StandInReply reply, string end)
    {
        await reply.ChunkAsync(Encoding.UTF8.GetBytes(end));
        await reply.EndAsync();
    }

    /// <summary>White space counts.</summary>
    private static async Task TooMuchAsync(StandInReply reply)
    {
        var nothing = Encoding.UTF8.GetBytes(new string(' ', 1024 * 1024));
        while (true)
        {
            await reply.ChunkAsync(nothing);
        }
    }
}
