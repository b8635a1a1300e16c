using System.Net;
using System.Text.Json.Nodes;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Sharing;

/// <summary>What operators see of the sharing plane.</summary>
public sealed class SharingOperationsTests
{
    [Fact]
    public async Task Operators_see_every_operation_with_its_approval_grants_limits_and_addresses()
    {
        await using var host = await IntegrationHost.StartAsync();

        var answer = await host.As("ops").Api.GetSharingAsync();

        var grid = Assert.Single(answer.Operations, operation => operation.Resource == "grid-capacity");
        Assert.Equal(
            ("query", "grid-resource", "tif", "query"),
            (grid.Operation, grid.Agency, grid.Dialect, grid.Path)
        );
        Assert.Equal(("试-电网资源-01", "公政数试〔2026〕13号"), (grid.CatalogueId, grid.ApprovalNumber));
        Assert.Equal(new DateOnly(2099, 12, 31), grid.ValidUntil);
        Assert.True(grid.IsApproved);
        Assert.Equal(new SharedLimits(5, 65536, 1048576, null, null, null), grid.Limits);
        Assert.Equal([new SharedGrant("hall", "hall-share-grid-capacity")], grid.Grants);
        Assert.Empty(grid.LastFailures);
        var agency = Assert.Single(answer.Agencies, agency => agency.Agency == "grid-resource");
        Assert.StartsWith(
            host.Sandbox.ToString(),
            Assert.Single(agency.Destinations).Address,
            StringComparison.Ordinal
        );
        Assert.Equal("unknown", agency.Destinations[0].Passive);
        Assert.True(answer.CatalogueIsCurrent);
        Assert.Empty(answer.GrantsWithoutRoute);
    }

    [Fact]
    public async Task The_last_failures_of_an_operation_name_their_evidence_newest_first_and_no_more_than_five()
    {
        await using var host = await IntegrationHost.StartAsync();
        await host.Agencies.BreakAsync("grid-resource", "refuse");
        var evidence = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            using var refused = await host.Hall.ShareAsync("grid-capacity/query", Question);
            Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
            evidence.Insert(0, refused.Headers.GetValues("X-Evidence-Id").Single());
        }

        var answer = await host.As("ops").Api.GetSharingAsync();

        var failures = answer.Operations.Single(operation => operation.Resource == "grid-capacity").LastFailures;
        Assert.Equal(evidence.Take(5), failures.Select(failure => failure.EvidenceId));
        Assert.Equal(("authorisation", "http-403"), (failures[0].Stage, failures[0].Code));
        Assert.All(
            answer.Operations.Where(operation => operation.Resource != "grid-capacity"),
            operation => Assert.Empty(operation.LastFailures)
        );
    }

    [Fact]
    public async Task A_grant_that_names_what_the_catalogue_does_not_have_is_shown_with_the_reason()
    {
        await using var host = await IntegrationHost.StartAsync();
        var callers = JsonNode.Parse(await File.ReadAllTextAsync(host.CallersFile))!;
        var grants = callers["grants"]!.AsArray();
        var right = grants.Single(grant => (string?)grant!["service"] == "share:grid-capacity")!;
        grants.Add(Changed(right, "g-resource", "service", "share:grid-capacty"));
        grants.Add(Changed(right, "g-path", "paths", new JsonArray("Query")));
        grants.Add(Changed(right, "g-ended", "validUntil", "2026-01-02"));
        await File.WriteAllTextAsync(host.CallersFile, callers.ToJsonString());
        Assert.Empty(
            await host.Services.GetRequiredService<CallerDirectory>().ReloadAsync(TestContext.Current.CancellationToken)
        );

        var answer = await host.As("ops").Api.GetSharingAsync();

        Assert.Equal(
            [
                new GrantWithoutRoute(
                    "hall",
                    "g-resource",
                    "share:grid-capacty",
                    "The catalogue has no such resource."
                ),
                new GrantWithoutRoute(
                    "hall",
                    "g-path",
                    "share:grid-capacity",
                    "No operation of it has the path Query."
                ),
            ],
            answer.GrantsWithoutRoute
        );
        var grid = answer.Operations.Single(operation => operation.Resource == "grid-capacity");
        Assert.Equal(["hall-share-grid-capacity"], grid.Grants.Select(grant => grant.Grant));
    }

    [Theory]
    [InlineData("hall")]
    [InlineData("municipal")]
    [InlineData("water")]
    public async Task Nobody_else_sees_it(string client)
    {
        await using var host = await IntegrationHost.StartAsync();

        using var refused = await host.As(client).GetAsync("/v1/ops/sharing");
        using var stranger = await host.Hall.Http.GetAsync("/v1/ops/sharing");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    private static string Question => $$"""{"unitNumber":"{{SyntheticWorld.Premises("t01").UnitNumber}}"}""";

    private static JsonNode Changed(JsonNode grant, string id, string member, JsonNode value)
    {
        var changed = grant.DeepClone();
        (changed["id"], changed[member]) = (id, value);
        return changed;
    }
}
