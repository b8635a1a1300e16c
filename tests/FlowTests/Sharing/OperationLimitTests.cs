using System.Net;
using System.Text.Json.Nodes;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Sharing;

/// <summary>The limits of the catalogue's operations hold for all callers together, before anything is sent.</summary>
public sealed class OperationLimitTests
{
    [Theory]
    [InlineData("perSecond", "too-many-requests", "1 times a second")]
    [InlineData("perDay", "quota-exhausted", "1 times a day")]
    public async Task A_limit_that_is_met_is_named_and_nothing_leaves(string limit, string code, string named)
    {
        await using var host = await StartAsync(limit);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AskAsync(host)));

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(6 - refused.Count, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.InRange(refused.Count, 1, 5);
        Assert.Equal(6 - refused.Count, (await host.Agencies.CallsOfAsync("grid-resource")).Count);
        var problem = await HallDriver.ProblemOfAsync(refused[0]);
        Assert.Equal((code, "gateway"), (problem.Code, problem.Party));
        Assert.Contains($"grid-capacity/query {named}", problem.Detail, StringComparison.Ordinal);
        Assert.NotNull(refused[0].Headers.RetryAfter);
        Assert.False(refused[0].Headers.Contains("X-Evidence-Id"));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Requests_at_once_are_counted_until_each_is_answered()
    {
        await using var host = await StartAsync("atOnce");
        using (await AskAsync(host)) { } // connected, with its keys
        await host.Agencies.BreakAsync("grid-resource", "delay", seconds: 1, count: 1);

        var answers = await Task.WhenAll(AskAsync(host), AskAsync(host));
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.TooManyRequests],
            answers.Select(answer => answer.StatusCode).Order()
        );

        using var later = await AskAsync(host);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task What_was_used_of_an_unchanged_limit_stays_used_when_the_catalogue_changes()
    {
        await using var host = await StartAsync("perDay");
        using (await AskAsync(host)) { }

        await ChangeAsync(host, catalogue => Grid(catalogue)["title"] = "another title");
        using var second = await AskAsync(host);

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    private static async Task<IntegrationHost> StartAsync(string limit)
    {
        var host = await IntegrationHost.StartAsync();
        await ChangeAsync(
            host,
            catalogue => Grid(catalogue)["operations"]![0]!["limits"] = new JsonObject { [limit] = 1 }
        );
        return host;
    }

    private static async Task ChangeAsync(IntegrationHost host, Action<JsonNode> change)
    {
        var catalogue = JsonNode.Parse(await File.ReadAllTextAsync(host.CatalogueFile))!;
        change(catalogue);
        await File.WriteAllTextAsync(host.CatalogueFile, catalogue.ToJsonString());
        Assert.Empty(
            await host
                .Services.GetRequiredService<CatalogueDirectory>()
                .ReloadAsync(TestContext.Current.CancellationToken)
        );
    }

    private static JsonNode Grid(JsonNode catalogue) =>
        catalogue["resources"]!.AsArray().Single(resource => (string?)resource!["resource"] == "grid-capacity")!;

    private static Task<HttpResponseMessage> AskAsync(IntegrationHost host) =>
        host.Hall.ShareAsync(
            "grid-capacity/query",
            $$"""{"unitNumber":"{{SyntheticWorld.Premises("t01").UnitNumber}}"}"""
        );
}
