using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;

namespace Integration.FlowTests.Sharing;

/// <summary>One caller that sends more than an agency takes leaves room for another.</summary>
public sealed class FairPlacesTests
{
    private const int Places = 8;

    [Fact]
    public async Task A_caller_that_fills_an_agency_does_not_keep_another_waiting()
    {
        await using var scene = await ShareDriver.StartAsync(
            settings: ShareDriver.With(
                ("Agencies:grid-resource:Limits:Parallel", $"{Places}"),
                ("Agencies:grid-resource:Limits:AttemptTime", "00:00:50"),
                ("Agencies:grid-resource:Limits:TotalTime", "00:01:00")
            ),
            change: options =>
                options with
                {
                    Callers = callers =>
                    {
                        options.Callers!(callers);
                        GrantLimited(callers);
                    },
                }
        );
        var release = new TaskCompletionSource();
        scene.Agency.Behaviour = async (request, reply) =>
        {
            if (Encoding.UTF8.GetString(request.Body).Contains("U-slow", StringComparison.Ordinal))
            {
                await release.Task;
            }

            await reply.JsonAsync(StandInAgency.Found);
        };
        var hog = Enumerable.Range(0, 3 * Places).Select(_ => AskAsync(scene.Host.Hall, "U-slow")).ToList();
        await UntilAsync(() => scene.Agency.Requests.Count == Places - 1);

        using var good = await AskAsync(scene.Host.As("hall-limited"), "U-1");

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(Places, scene.Agency.Requests.Count);
        Assert.DoesNotContain(hog, asked => asked.IsCompleted);
        release.SetResult();
        foreach (var asked in hog)
        {
            using var answer = await asked;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static Task<HttpResponseMessage> AskAsync(HallDriver caller, string unit) =>
        caller.ShareAsync("grid-capacity/query", $$"""{"unitNumber":"{{unit}}"}""");

    private static void GrantLimited(JsonObject callers)
    {
        var grants = callers["grants"]!.AsArray();
        var grant = grants.Single(grant => (string?)grant!["id"] == "hall-share-grid-capacity")!.DeepClone();
        grant["id"] = "limited-share-grid-capacity";
        grant["client"] = "hall-limited";
        grants.Add(grant);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 2000 && !holds(); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.True(holds());
    }
}
