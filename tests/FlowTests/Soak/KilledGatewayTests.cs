using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.Processes;

namespace Integration.FlowTests.Soak;

/// <summary>
/// Gateways are killed (SIGKILL) at random moments while events come in. Afterwards: what was acknowledged is there and
/// applied once, what was withdrawn is withdrawn, and every clock is what an independent recomputation says. A few kills
/// always; 50 with <c>tests/run.sh --long</c>.
/// </summary>
public abstract class KilledGatewayTests(Engine engine, int nodes)
{
    private const int Senders = 4;
    private static readonly bool s_isLong = Environment.GetEnvironmentVariable("INTEGRATION_TEST_LONG") == "1";
    private static readonly int s_kills = s_isLong ? 50 : 2;
    private static readonly int s_enterprises = s_isLong ? 6000 : 80;

    /// <summary>Between two events of a sender, so that the kills fall into the sending.</summary>
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(80);

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(s_isLong ? 30 : 10);

    private readonly ConcurrentDictionary<string, EventReceipt> _receipts = new(StringComparer.Ordinal);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_applied_twice_and_every_clock_is_right()
    {
        await using var stage = await SeveralNodes.StartAsync(engine, nodes, s_enterprises);
        var token = await stage.TokenAsync("municipal", stage.Nodes[0]);
        using var municipal = stage.Municipal();
        var work = new ConcurrentQueue<EventInput>(Story.All(s_enterprises));
        var expected = work.ToList();

        var killing = KillAsync(stage);
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => SendAsync(stage, municipal, token, work)));
        await killing;

        Assert.Equal(expected.Count, _receipts.Count);
        await AllProcessedAsync(stage, expected.Count);
        var ledger = await Ledger.ReadAsync(stage);
        ledger.HoldsEveryReceiptOnce(_receipts);
        ledger.WasAppliedOnce(s_enterprises);
        ledger.ClocksAreRight();
    }

    /// <summary>As a sender has to: the same bytes again until they are acknowledged.</summary>
    private async Task SendAsync(
        SeveralNodes stage,
        MunicipalDriver municipal,
        string token,
        ConcurrentQueue<EventInput> work
    )
    {
        var clients = stage.Nodes.Select(node => SeveralNodes.ClientOf(node, token)).ToList();
        var turn = 0;
        while (work.TryDequeue(out var input))
        {
            var body = MunicipalDriver.BytesOf(input);
            var signature = Convert.ToBase64String(municipal.Sign(body));
            var since = TimeProvider.System.GetTimestamp();
            await Task.Delay(s_pace, TimeProvider.System);
            while (!await TrySendAsync(clients[turn++ % clients.Count], body, signature, input))
            {
                Assert.True(
                    TimeProvider.System.GetElapsedTime(since) < s_patience,
                    $"Event {input.Id} was never acknowledged."
                );
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }

        clients.ForEach(client => client.Dispose());
    }

    private async Task<bool> TrySendAsync(HttpClient client, byte[] body, string signature, EventInput input)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new(MunicipalDriver.Structured);
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/events") { Content = content };
            request.Headers.TryAddWithoutValidation("Content-Signature", signature);
            using var answer = await client.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.Accepted)
            {
                Assert.True((int)answer.StatusCode >= 500, await answer.Content.ReadAsStringAsync());
                return false;
            }

            var receipt = await answer.Content.ReadFromJsonAsync<EventReceipt>(IntegrationJson.AnswerOptions);
            return _receipts.TryAdd(input.Id!, receipt!);
        }
        catch (Exception reason) when (reason is HttpRequestException or TaskCanceledException or JsonException)
        {
            return false; // killed while it worked: it may or may not be stored, so it is sent again
        }
    }

    private async Task KillAsync(SeveralNodes stage)
    {
        for (var kills = 0; kills < s_kills; kills++)
        {
            var node = stage.Nodes[RandomNumberGenerator.GetInt32(stage.Nodes.Count)];
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(200, 1200)), TimeProvider.System);
            await node.KillAsync();
            await node.StartAsync();
        }
    }

    private static async Task AllProcessedAsync(SeveralNodes stage, int count)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var states = await stage.QueryAsync(
                """SELECT "State", COUNT(*) FROM "Events" GROUP BY "State" """,
                row => (State: (EventState)row.GetInt32(0), Count: row.GetInt32(1))
            );
            if (states is [{ State: EventState.Processed } all] && all.Count == count)
            {
                return;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(since) < s_patience,
                $"Not all of {count} were processed: {string.Join(", ", states)}"
            );
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        }
    }
}

public sealed class SqliteKilledGatewayTests() : KilledGatewayTests(Engine.Sqlite, nodes: 1);

public sealed class PostgresKilledGatewayTests() : KilledGatewayTests(Engine.PostgreSql, nodes: 2);
