using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Testing;
using Integration.Testing.Processes;
using Integration.Testing.World;

namespace Integration.FlowTests.Soak;

/// <summary>
/// Gateways are killed (SIGKILL) at random moments while joint applications come in and their legs move. Afterwards: no leg is
/// lost, none was effective twice at its provider, every whole is the fold of its legs, and no step of two nodes waited too long
/// for the one that was left. A few kills always; 50 with <c>tests/run.sh --long</c>.
/// </summary>
public abstract class KilledJointTests(Engine engine, int nodes, ITestOutputHelper output)
{
    private const int Openers = 3;
    private static readonly bool s_isLong = Environment.GetEnvironmentVariable("INTEGRATION_TEST_LONG") == "1";
    private static readonly int s_kills = s_isLong ? 50 : 1;
    private static readonly int s_joints = s_isLong ? 300 : 10;

    /// <summary>Between two of an opener, so that the kills fall into the opening.</summary>
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(s_isLong ? 2500 : 400);

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(s_isLong ? 30 : 10);

    /// <summary>A step may lose its node several times here; what one death costs is held by <see cref="TakeoverTests"/>.</summary>
    private static readonly TimeSpan s_takeover = TimeSpan.FromSeconds(30);

    private static readonly Utility[] s_utilities = [Utility.Water, Utility.Gas, Utility.Network];

    private readonly ConcurrentDictionary<int, string> _opened = new();

    [Fact]
    public async Task No_leg_is_lost_or_effective_twice_and_every_whole_is_the_fold_of_its_legs()
    {
        await using var stage = await SeveralNodes.StartAsync(engine, nodes, s_joints);
        await stage.Agencies.WalkAsync("water");
        await stage.Agencies.WalkAsync("gas");
        using var hall = await Clients.OfAsync(stage, "hall");
        using var network = await Clients.OfAsync(stage, "network");
        using var done = new CancellationTokenSource();
        var work = new ConcurrentQueue<int>(Enumerable.Range(0, s_joints));

        var pulling = PullAsync(network, done.Token);
        var watching = WatchAsync(stage, done.Token);
        var killing = KillAsync(stage);
        await Task.WhenAll(Enumerable.Range(0, Openers).Select(_ => OpenAsync(hall, work)));
        await killing;
        await AllAtRestAsync(stage);
        await done.CancelAsync();
        await pulling;
        var longest = await watching;
        output.WriteLine(
            $"{engine}, {nodes} node(s), {s_kills} kills: no step waited longer than {longest.TotalSeconds:0.0} s."
        );

        var ledger = await JointLedger.ReadAsync(stage);
        ledger.HoldsEvery(_opened.Values.ToList(), s_utilities.Length);
        ledger.WasEffectiveOnce();
        var answered = new Dictionary<string, JointState>(StringComparer.Ordinal);
        foreach (var (index, id) in _opened)
        {
            var shown = await hall.GetAsync<JointApplicationResponse>($"v1/joint-applications/{id}");
            answered[id] = shown!.State;
            // A leg that was connected before the withdrawal came stays connected.
            Assert.All(
                shown.Legs,
                leg =>
                    Assert.True(
                        leg.State == LegState.Closed || (leg.State == LegState.Withdrawn && IsWithdrawn(index)),
                        $"{leg.LegId} ended as {leg.State}."
                    )
            );
        }

        ledger.FoldsAs(answered);
        Assert.Contains(JointState.Withdrawn, answered.Values);
        Assert.True(nodes == 1 || longest < s_takeover, $"A step waited {longest.TotalSeconds:0.0} s.");
    }

    private static bool IsWithdrawn(int index) => index % 5 == 4;

    /// <summary>As a hall has to: the same request under the same key until it is answered. Every fifth is taken back again.</summary>
    private async Task OpenAsync(Clients hall, ConcurrentQueue<int> work)
    {
        while (work.TryDequeue(out var index))
        {
            await Task.Delay(s_pace, TimeProvider.System);
            var joint = await hall.InsistAsync<JointApplicationResponse>(
                "v1/joint-applications",
                JointRequests.OfEnterprise(index, s_utilities),
                $"open-{index}"
            );
            _opened[index] = joint.JointApplicationId;
            if (IsWithdrawn(index))
            {
                await hall.InsistAsync<JointApplicationResponse>(
                    $"v1/joint-applications/{joint.JointApplicationId}/withdraw",
                    new WithdrawRequest { Reason = "不办了" },
                    $"withdraw-{index}"
                );
            }
        }
    }

    /// <summary>The provider that pulls: takes what is listed and does it at once.</summary>
    private static async Task PullAsync(Clients network, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            var list = await network.GetAsync<WorkListResponse>("v1/utilities/network/work-list");
            foreach (var item in list?.Items ?? [])
            {
                if (item.Work == WorkKind.Application)
                {
                    foreach (var state in new[] { "accepted", "connected", "closed" })
                    {
                        await network.InsistAsync<LegStatusResponse>(
                            "v1/utilities/network/statuses",
                            new LegStatusReport
                            {
                                StatusId = $"{item.LegId[^20..].Replace('.', '-')}-{state}",
                                LegId = item.LegId,
                                State = state,
                                At = TimeProvider.System.GetUtcNow(),
                            },
                            key: null
                        );
                    }
                }
                else
                {
                    await network.InsistAsync<LegStatusResponse>(
                        $"v1/utilities/network/work-list/{item.LegId}/taken",
                        null,
                        null
                    );
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        }
    }

    /// <summary>How long the step that waited longest has been due, looked at again and again.</summary>
    private static async Task<TimeSpan> WatchAsync(SeveralNodes stage, CancellationToken done)
    {
        var longest = TimeSpan.Zero;
        while (!done.IsCancellationRequested)
        {
            var due = await stage.QueryAsync(
                """SELECT "DueAt" FROM "Timers" WHERE "Kind" = 'leg' ORDER BY "DueAt" LIMIT 1""",
                row => stage.TimeOf(row, 0)
            );
            var waits = due.Count > 0 ? TimeProvider.System.GetUtcNow() - due[0] : TimeSpan.Zero;
            longest = waits > longest ? waits : longest;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        return longest;
    }

    private static async Task KillAsync(SeveralNodes stage)
    {
        for (var kills = 0; kills < s_kills; kills++)
        {
            var node = stage.Nodes[RandomNumberGenerator.GetInt32(stage.Nodes.Count)];
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(200, 1500)), TimeProvider.System);
            await node.KillAsync();
            await node.StartAsync();
        }
    }

    private static async Task AllAtRestAsync(SeveralNodes stage)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var moving = (await JointLedger.DocumentsAsync(stage))
                .SelectMany(file => file.Legs)
                .Where(leg => leg.Work != LegWork.Done)
                .ToList();
            if (moving.Count == 0)
            {
                return;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(since) < s_patience,
                $"{moving.Count} legs do not come to rest: {string.Join(", ", moving.Select(leg => $"{leg.LegId} {leg.State} {leg.Work} {leg.WakeAt:O}"))}"
            );
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }
    }

    /// <summary>One client, known to every node; a node that is dead is passed over.</summary>
    private sealed class Clients(IReadOnlyList<HttpClient> nodes) : IDisposable
    {
        private int _turn;

        public static async Task<Clients> OfAsync(SeveralNodes stage, string id)
        {
            var token = await stage.TokenAsync(id, stage.Nodes[0]);
            return new Clients([.. stage.Nodes.Select(node => SeveralNodes.ClientOf(node, token))]);
        }

        public async Task<T?> GetAsync<T>(string path)
            where T : class
        {
            try
            {
                using var answer = await Next.GetAsync(new Uri(path, UriKind.Relative));
                return answer.IsSuccessStatusCode
                    ? await answer.Content.ReadFromJsonAsync<T>(IntegrationJson.AnswerOptions)
                    : null;
            }
            catch (Exception reason) when (reason is HttpRequestException or TaskCanceledException or JsonException)
            {
                return null; // killed while it answered
            }
        }

        public async Task<T> InsistAsync<T>(string path, object? body, string? key)
            where T : class
        {
            var since = TimeProvider.System.GetTimestamp();
            while (true)
            {
                if (await TryAsync<T>(path, body, key) is { } answer)
                {
                    return answer;
                }

                Assert.True(TimeProvider.System.GetElapsedTime(since) < s_patience, $"{path} was never answered.");
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }

        private async Task<T?> TryAsync<T>(string path, object? body, string? key)
            where T : class
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path);
                if (key is not null)
                {
                    request.Headers.Add("Idempotency-Key", key);
                }

                request.Content = body is null
                    ? null
                    : new StringContent(
                        JsonSerializer.Serialize(body, body.GetType(), IntegrationJson.Options),
                        Encoding.UTF8,
                        "application/json"
                    );
                using var answer = await Next.SendAsync(request);
                if (answer.IsSuccessStatusCode)
                {
                    return await answer.Content.ReadFromJsonAsync<T>(IntegrationJson.AnswerOptions);
                }

                Assert.True((int)answer.StatusCode >= 500, await answer.Content.ReadAsStringAsync());
                return null;
            }
            catch (Exception reason) when (reason is HttpRequestException or TaskCanceledException or JsonException)
            {
                return null; // killed while it worked: it may or may not be done, so the same again
            }
        }

        private HttpClient Next => nodes[Interlocked.Increment(ref _turn) % nodes.Count];

        public void Dispose()
        {
            foreach (var node in nodes)
            {
                node.Dispose();
            }
        }
    }
}

public sealed class SqliteKilledJointTests(ITestOutputHelper output)
    : KilledJointTests(Engine.Sqlite, nodes: 1, output);

public sealed class PostgresKilledJointTests(ITestOutputHelper output)
    : KilledJointTests(Engine.PostgreSql, nodes: 2, output);
