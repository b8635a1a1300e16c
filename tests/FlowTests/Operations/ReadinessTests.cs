using System.Net;
using System.Text.Json.Nodes;
using Integration.Testing;
using Integration.Testing.World;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Operations;

public class ReadinessTests
{
    [Fact]
    public async Task A_running_gateway_lists_what_it_stands_on()
    {
        await using var host = await IntegrationHost.StartAsync();
        var (status, report) = await ReadyAsync(host);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            [
                "agencies",
                "callers",
                "clock-data",
                "database",
                "event-sources",
                "evidence",
                "keys",
                "node-clock",
                "notices",
                "policy",
                "process",
                "service-catalogue",
                "signatures",
                "telemetry",
                "timers",
            ],
            report["checks"]!.AsArray().Select(check => (string)check!["name"]!)
        );
        foreach (
            var name in new[]
            {
                "callers",
                "database",
                "evidence",
                "keys",
                "node-clock",
                "notices",
                "policy",
                "process",
            }
        )
        {
            Assert.Equal("ready", (string?)Check(report, name)["status"]);
        }

        Assert.Equal("ready", (string?)Check(report, "agencies")["parts"]!["population-registry"]);
    }

    [Fact]
    public async Task An_agency_that_is_down_degrades_and_never_stops_the_gateway()
    {
        await using var host = await IntegrationHost.StartAsync();
        using (await host.Hall.PostAsync("/v1/verifications", HallRequests.Verification())) { } // its token is known from now on
        await host.Agencies.BreakAsync("real-estate", "http500");
        for (var i = 0; i < 20; i++)
        {
            using var answer = await host.Hall.PostAsync("/v1/verifications", HallRequests.Verification());
            answer.EnsureSuccessStatusCode();
        }

        await host.ChecksHaveLookedAgainAsync();
        var (status, report) = await ReadyAsync(host);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("degraded", (string?)Check(report, "agencies")["status"]);
        Assert.Equal("degraded", (string?)Check(report, "agencies")["parts"]!["real-estate"]);
        Assert.Equal("ready", (string?)Check(report, "agencies")["parts"]!["population-registry"]);
    }

    [Fact]
    public async Task A_callers_file_that_was_spoilt_degrades()
    {
        await using var host = await IntegrationHost.StartAsync();
        await File.WriteAllTextAsync(host.CallersFile, "{");
        for (var i = 0; i < 100; i++)
        {
            var (_, report) = await ReadyAsync(host);
            if ((string?)Check(report, "callers")["status"] == "degraded")
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        Assert.Fail("The spoilt file was never noticed.");
    }

    [Fact]
    public async Task A_year_without_a_calendar_makes_it_unready()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2027, 1, 4, 9, 0, 0, TimeSpan.FromHours(8)));
        await using var host = await IntegrationHost.StartAsync(new IntegrationHostOptions { Clock = clock });
        var (status, report) = await ReadyAsync(host);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("2027", (string?)Check(report, "clock-data")["detail"], StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Report)> ReadyAsync(IntegrationHost host)
    {
        using var answer = await host.Hall.Http.GetAsync("/health/ready");
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private static JsonNode Check(JsonNode report, string name) =>
        report["checks"]!.AsArray().Single(check => (string?)check!["name"] == name)!;
}
