using System.Net;
using System.Text.Json.Nodes;
using Integration.Contracts.V1.Operations;
using Integration.FlowTests.Operations;
using Integration.Gateway.Callers;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Yarp.ReverseProxy;

namespace Integration.FlowTests.Sharing;

/// <summary>The catalogue is changed while the gateway runs: as a whole or not at all, and on record first.</summary>
public sealed class CatalogueReloadTests
{
    private const string Added = "grid-capacity-added";

    private static string Question => $$"""{"unitNumber":"{{SyntheticWorld.Premises("t01").UnitNumber}}"}""";

    [Fact]
    public async Task A_new_resource_in_a_known_dialect_and_a_grant_are_enough_without_a_restart()
    {
        await using var host = await IntegrationHost.StartAsync();
        using (var before = await host.Hall.ShareAsync($"{Added}/query", Question))
        {
            Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        }

        await WriteAsync(host.CatalogueFile, AddResource);
        Assert.Empty(await ReloadAsync(host));
        using (var ungranted = await AskedAsync(host, HttpStatusCode.Forbidden))
        {
            Assert.StartsWith(
                "Rule service:",
                (await HallDriver.ProblemOfAsync(ungranted)).Detail,
                StringComparison.Ordinal
            );
        }

        await WriteAsync(host.CallersFile, AddGrant);
        Assert.Empty(
            await host.Services.GetRequiredService<CallerDirectory>().ReloadAsync(TestContext.Current.CancellationToken)
        );

        using var answer = await AskedAsync(host, HttpStatusCode.OK);
        var evidence = await host.Hall.Api.GetEvidenceAsync(answer.Headers.GetValues("X-Evidence-Id").Single());
        Assert.Equal($"{Added}/query", evidence.Record.Subject);
        Assert.Equal($"catalogue:{Catalogue(host).Version}", evidence.Record.PolicyVersion);
    }

    [Fact]
    public async Task The_file_is_looked_at_by_itself_every_few_seconds()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));
        await using var host = await IntegrationHost.StartAsync(new() { Clock = clock });
        var before = Catalogue(host).Version;

        await WriteAsync(host.CatalogueFile, AddResource);
        await UntilAsync(
            () => Catalogue(host).Version != before,
            turn: () => clock.Advance(CatalogueDirectory.Interval),
            "The new file was never noticed."
        );
    }

    [Fact]
    public async Task A_wrong_file_changes_nothing_not_even_for_a_request_in_flight_and_is_refused_once()
    {
        await using var host = await IntegrationHost.StartAsync();
        var running = Catalogue(host);
        using (await host.Hall.ShareAsync("grid-capacity/query", Question)) { }

        await host.Agencies.BreakAsync("grid-resource", "delay", seconds: 1.5, count: 1);
        var inFlight = host.Hall.ShareAsync("grid-capacity/query", Question);
        await UntilInFlightAsync(host, inFlight);
        await WriteAsync(host.CatalogueFile, Spoil);
        var faults = await ReloadAsync(host);
        await ReloadAsync(host);
        Assert.False(inFlight.IsCompleted);

        Assert.Equal(
            [
                "business-licence has no dialect telex",
                "no agency nobody is configured",
                "purpose gossip is not one that a grant can name",
            ],
            faults.Select(fault => fault.Split(": ", 2)[1].Split([';', '.'])[0]).Order(StringComparer.Ordinal)
        );
        Assert.Same(running, Catalogue(host));
        using (var answer = await inFlight)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using (var answer = await host.Hall.ShareAsync("grid-capacity/query", Question))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal("degraded", await HealthAsync(host));
        var refused = Assert.Single(await TrailAsync(host), record => record.Action == "catalogue.refused");
        Assert.Equal(AuditOutcome.Refused, refused.Outcome);
        Assert.Equal(string.Join(Environment.NewLine, faults), refused.Detail);
    }

    [Fact]
    public async Task A_mended_file_is_applied_and_every_version_is_on_record_with_its_whole_text()
    {
        await using var host = await IntegrationHost.StartAsync();
        var first = await File.ReadAllTextAsync(host.CatalogueFile);
        await WriteAsync(host.CatalogueFile, Spoil);
        Assert.NotEmpty(await ReloadAsync(host));

        await File.WriteAllTextAsync(host.CatalogueFile, first);
        await WriteAsync(host.CatalogueFile, AddResource);
        var second = await File.ReadAllTextAsync(host.CatalogueFile);
        Assert.Empty(await ReloadAsync(host));

        Assert.Equal("ready", await HealthAsync(host));
        Assert.Equal(ServiceCatalogue.VersionOf(second), Catalogue(host).Version);
        var trail = await TrailAsync(host);
        Assert.Equal(
            ["catalogue.loaded", "catalogue.refused", "catalogue.applied"],
            trail.Select(record => record.Action)
        );
        Assert.Equal((first, second), (trail[0].Detail, trail[2].Detail));
        Assert.Equal($"service-catalogue:{ServiceCatalogue.VersionOf(second)}", trail[2].Subject);
    }

    [Fact]
    public async Task A_file_that_goes_back_to_what_is_in_force_is_no_longer_behind()
    {
        await using var host = await IntegrationHost.StartAsync();
        var first = await File.ReadAllTextAsync(host.CatalogueFile);
        await File.WriteAllTextAsync(host.CatalogueFile, first[..(first.Length / 2)]);
        Assert.NotEmpty(await ReloadAsync(host));
        Assert.Equal("degraded", await HealthAsync(host));

        File.Delete(host.CatalogueFile);
        Assert.NotEmpty(await ReloadAsync(host));
        Assert.Equal("degraded", await HealthAsync(host));

        await File.WriteAllTextAsync(host.CatalogueFile, first);
        Assert.Empty(await ReloadAsync(host));
        Assert.Equal("ready", await HealthAsync(host));
    }

    [Fact]
    public async Task A_request_in_flight_keeps_its_own_version_while_its_resource_goes()
    {
        await using var host = await IntegrationHost.StartAsync();
        var before = Catalogue(host).Version;
        using (await host.Hall.ShareAsync("grid-capacity/query", Question)) { }

        await host.Agencies.BreakAsync("grid-resource", "delay", seconds: 1.5, count: 1);
        var inFlight = host.Hall.ShareAsync("grid-capacity/query", Question);
        await UntilInFlightAsync(host, inFlight);
        await WriteAsync(
            host.CatalogueFile,
            catalogue => Resources(catalogue).Remove(Resource(catalogue, "grid-capacity"))
        );
        Assert.Empty(await ReloadAsync(host));
        Assert.False(inFlight.IsCompleted);

        using var answer = await inFlight;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var evidence = await host.Hall.Api.GetEvidenceAsync(answer.Headers.GetValues("X-Evidence-Id").Single());
        Assert.Equal($"catalogue:{before}", evidence.Record.PolicyVersion);
        using var gone = await AskedAsync(host, HttpStatusCode.NotFound, "grid-capacity");
        Assert.Equal("not-found", (await HallDriver.ProblemOfAsync(gone)).Code);
    }

    [Fact]
    public async Task What_cannot_be_put_on_record_is_not_applied_until_it_can()
    {
        await using var host = await IntegrationHost.StartAsync(
            new() { Settings = new Dictionary<string, string?> { ["Gateway:Database:Timeout"] = "00:00:01" } }
        );
        var running = Catalogue(host);
        await WriteAsync(host.CatalogueFile, AddResource);
        await using (await EvidenceUnavailableTests.LockAsync(host))
        {
            Assert.Empty(await ReloadAsync(host));
            Assert.Same(running, Catalogue(host));
            Assert.True(host.Services.GetRequiredService<CatalogueDirectory>().IsBehind);
        }

        Assert.Empty(await ReloadAsync(host));
        Assert.NotSame(running, Catalogue(host));
        Assert.Equal("ready", await HealthAsync(host));
        Assert.Single(await TrailAsync(host), record => record.Action == "catalogue.applied");
    }

    [Fact]
    public async Task The_host_does_not_start_with_a_wrong_catalogue_and_lists_every_fault()
    {
        await using var sound = await IntegrationHost.StartAsync();
        await WriteAsync(sound.CatalogueFile, Spoil);

        var refusal = await Assert.ThrowsAnyAsync<OptionsValidationException>(() =>
            IntegrationHost.StartAsync(
                new()
                {
                    Settings = new Dictionary<string, string?> { ["Gateway:Sharing:Catalogue"] = sound.CatalogueFile },
                }
            )
        );

        Assert.Equal(3, refusal.Failures.Count());
        Assert.Contains("no agency nobody", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("no dialect telex", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("purpose gossip", refusal.Message, StringComparison.Ordinal);
    }

    private static ServiceCatalogue Catalogue(IntegrationHost host) =>
        host.Services.GetRequiredService<CatalogueDirectory>().Current;

    private static Task<IReadOnlyList<string>> ReloadAsync(IntegrationHost host) =>
        host.Services.GetRequiredService<CatalogueDirectory>().ReloadAsync(TestContext.Current.CancellationToken);

    /// <summary>Whole or not at all, as an operator's tools would do it.</summary>
    private static async Task WriteAsync(string file, Action<JsonNode> change)
    {
        var content = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        change(content);
        await File.WriteAllTextAsync($"{file}.new", content.ToJsonString());
        File.Move($"{file}.new", file, overwrite: true);
    }

    private static JsonArray Resources(JsonNode catalogue) => catalogue["resources"]!.AsArray();

    private static JsonNode Resource(JsonNode catalogue, string name) =>
        Resources(catalogue).Single(resource => (string?)resource!["resource"] == name)!;

    private static void AddResource(JsonNode catalogue)
    {
        var resource = Resource(catalogue, "grid-capacity").DeepClone();
        resource["resource"] = Added;
        Resources(catalogue).Add(resource);
    }

    private static void AddGrant(JsonNode callers)
    {
        var grants = callers["grants"]!.AsArray();
        var grant = grants.Single(grant => (string?)grant!["service"] == "share:grid-capacity")!.DeepClone();
        (grant["id"], grant["service"]) = ("hall-added", $"share:{Added}");
        grants.Add(grant);
    }

    private static void Spoil(JsonNode catalogue)
    {
        Resource(catalogue, "enterprise-register")["dialect"] = "telex";
        Resource(catalogue, "project-approval")["purposes"]!.AsArray().Add("gossip");
        Resource(catalogue, "grid-capacity")["agency"] = "nobody";
    }

    /// <summary>Routing follows the catalogue within moments; what it answers then.</summary>
    private static async Task<HttpResponseMessage> AskedAsync(
        IntegrationHost host,
        HttpStatusCode status,
        string resource = Added
    )
    {
        for (var i = 0; ; i++)
        {
            var answer = await host.Hall.ShareAsync($"{resource}/query", Question);
            if (answer.StatusCode == status || i == 100)
            {
                Assert.Equal(status, answer.StatusCode);
                return answer;
            }

            answer.Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static Task UntilInFlightAsync(IntegrationHost host, Task request) =>
        UntilAsync(
            () =>
                host.Services.GetRequiredService<IProxyStateLookup>().TryGetCluster("grid-resource", out var cluster)
                && cluster.Destinations.Values.Any(destination => destination.ConcurrentRequestCount > 0),
            turn: () => Assert.False(request.IsCompleted),
            "The request never reached the agency."
        );

    private static async Task UntilAsync(Func<bool> holds, Action turn, string otherwise)
    {
        for (var i = 0; i < 300; i++)
        {
            if (holds())
            {
                return;
            }

            turn();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.Fail(otherwise);
    }

    private static async Task<string?> HealthAsync(IntegrationHost host)
    {
        await host.ChecksHaveLookedAgainAsync();
        using var answer = await host.Hall.Http.GetAsync("/health/ready");
        var report = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (string?)
            report["checks"]!.AsArray().Single(check => (string?)check!["name"] == "service-catalogue")!["status"];
    }

    private static async Task<IReadOnlyList<AuditRecord>> TrailAsync(IntegrationHost host)
    {
        var ops = host.As("ops");
        var list = JsonNode.Parse(await BodyAsync(await ops.GetAsync("/v1/ops/audit?limit=500")))!;
        var records = new List<AuditRecord>();
        foreach (var record in list["records"]!.AsArray())
        {
            var whole = await BodyAsync(await ops.GetAsync($"/v1/ops/audit/{record!["auditId"]}"));
            records.Add(
                System.Text.Json.JsonSerializer.Deserialize<AuditRecord>(whole, Contracts.IntegrationJson.Options)!
            );
        }

        return [.. records.Where(record => record.Action.StartsWith("catalogue.", StringComparison.Ordinal))];
    }

    private static async Task<string> BodyAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsStringAsync();
        }
    }
}
