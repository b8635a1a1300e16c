using System.Diagnostics;
using System.Text;
using Integration.Testing.Drivers;

namespace Integration.FlowTests.Sharing;

/// <summary>What is held of a large answer. Runs alone: what other tests hold meanwhile would be counted.</summary>
[CollectionDefinition(nameof(LargeAnswerMemoryTests), DisableParallelization = true)]
[Collection(nameof(LargeAnswerMemoryTests))]
public sealed class LargeAnswerMemoryTests
{
    private const string Rows = "grid-capacity/rows";
    private const int Piece = 150;

    [Fact]
    public async Task An_answer_of_30_MB_streams_through_in_bounded_memory() => await StreamsAsync(30);

    [Fact]
    public async Task An_answer_of_100_MB_streams_through_in_bounded_memory()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("INTEGRATION_TEST_LONG") == "1",
            "Long: set INTEGRATION_TEST_LONG=1."
        );
        await StreamsAsync(100);
    }

    private static async Task StreamsAsync(int megabytes)
    {
        await using var scene = await ShareDriver.StartAsync();
        using (await scene.Host.Hall.ShareAsync("grid-capacity/query", ShareDriver.Question)) { } // everything compiled and pooled
        var bytes = 0L;
        scene.Agency.Behaviour = async (_, reply) =>
        {
            await reply.BeginAsync();
            await reply.ChunkAsync(Encoding.UTF8.GetBytes(StandInAgencyAnswers.RowsBegin));
            for (var first = 1; bytes < megabytes * 1_000_000L; first += Piece)
            {
                var chunk = StandInAgencyAnswers.Chunk(first, Piece);
                bytes += chunk.Length;
                await reply.ChunkAsync(chunk);
            }

            await reply.ChunkAsync("]}}"u8.ToArray());
            await reply.EndAsync();
        };

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        using var staying = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        using var answer = await scene.Host.Hall.ShareAsync(Rows, body: null, staying.Token);
        var (left, most) = await DrainAsync(answer, staying.Token);

        var grown = (most - before) / 1_048_576.0;
        TestContext.Current.SendDiagnosticMessage(
            FormattableString.Invariant(
                $"{bytes / 1e6:0} MB in, {left / 1e6:0} MB out, {clock.Elapsed.TotalSeconds:0.0} s, live memory grew by {grown:0.0} MiB"
            )
        );
        Assert.True(left > bytes / 2, $"{left} of {bytes}");
        Assert.True(grown < 12, FormattableString.Invariant($"Live memory grew by {grown:0.0} MiB."));
        Assert.Equal(
            ["answered", "answering", "answered"],
            (await scene.Host.RecordsAsync(3)).Select(r => r.Fact.Outcome)
        );
        Assert.NotNull((await scene.Host.RecordsAsync())[2].Fact.Call!.AnswerDigest);
    }

    /// <summary>Bytes that came, and the most that was live while they came; nothing that is not granted among them.</summary>
    private static async Task<(long Bytes, long Most)> DrainAsync(
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var (buffer, bytes, most, nextLook) = (new byte[64 * 1024], 0L, 0L, 0L);
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            Assert.True(buffer.AsSpan(0, read).IndexOf("never-granted"u8) < 0);
            bytes += read;
            if (bytes > nextLook)
            {
                nextLook += 2_000_000;
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        return (bytes, most);
    }
}
