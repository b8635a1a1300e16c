using System.Net.Http.Json;
using System.Security.Cryptography;
using Integration.Contracts;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing;
using Integration.Testing.Processes;
using Integration.Testing.World;

namespace Integration.FlowTests.Soak;

/// <summary>
/// Two nodes ask providers about many legs every two seconds; one of them is killed (SIGKILL) and stays away. Everything that was
/// due at that moment, whoever had begun it, has been done by the other within 10 s. Three times always; 20 with
/// <c>tests/run.sh --long</c>.
/// </summary>
public sealed class TakeoverTests(ITestOutputHelper output)
{
    private const int Joints = 15;
    private static readonly bool s_isLong = Environment.GetEnvironmentVariable("INTEGRATION_TEST_LONG") == "1";
    private static readonly int s_kills = s_isLong ? 20 : 3;
    private static readonly TimeSpan s_takeover = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task What_a_killed_node_had_begun_is_done_by_the_other_within_10_s()
    {
        await using var stage = await SeveralNodes.Start(Engine.PostgreSql, nodes: 2, Joints);
        var token = await stage.Token("hall", stage.Nodes[0]);
        for (var i = 0; i < Joints; i++)
        {
            using var hall = SeveralNodes.ClientOf(stage.Nodes[i % 2], token);
            using var opened = await hall.PostAsJsonAsync(
                "v1/joint-applications",
                JointRequests.OfEnterprise(i, [Utility.Water, Utility.Gas]),
                IntegrationJson.Options
            );
            opened.EnsureSuccessStatusCode();
        }

        var waits = new List<double>();
        for (var kill = 0; kill < s_kills; kill++)
        {
            await Task.Delay(
                TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(2000, 5000)),
                TimeProvider.System
            );
            var dying = stage.Nodes[kill % 2];
            await dying.Kill();
            waits.Add((await UntilNothingIsLeft(stage)).TotalSeconds);
            await dying.Start();
        }

        output.WriteLine($"Taken over after, s: {string.Join(", ", waits.Select(wait => wait.ToString("0.0", null)))}");
        Assert.All(waits, wait => Assert.InRange(wait, 0, s_takeover.TotalSeconds));
    }

    /// <summary>From now until no timer is left that is due now: each is moved or ended when its step was done.</summary>
    private static async Task<TimeSpan> UntilNothingIsLeft(SeveralNodes stage)
    {
        var killed = TimeProvider.System.GetUtcNow();
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var due = await stage.Query(
                """SELECT "Key", "DueAt", "Failures" FROM "Timers" WHERE "Kind" = 'leg' ORDER BY "DueAt" LIMIT 1""",
                row => (Leg: row.GetString(0), At: stage.TimeOf(row, 1), Failures: row.GetInt32(2))
            );
            var waited = TimeProvider.System.GetElapsedTime(since);
            if (due.Count > 0 && due[0].At > killed)
            {
                return waited;
            }

            Assert.True(
                due.Count > 0 && waited < TimeSpan.FromMinutes(1),
                $"After {waited.TotalSeconds:0} s nobody has done {string.Join(", ", due)}."
            );
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
