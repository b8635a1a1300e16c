using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Sharing;

/// <summary>The sharing plane over the sandbox agencies: <c>hall</c> granted everything, <c>hall-limited</c> next to nothing.</summary>
public sealed class ShareFixture : IAsyncLifetime
{
    public IntegrationHost Host { get; private set; } = null!;

    public HallDriver Hall => Host.Hall;

    /// <summary>A caller of one field.</summary>
    public HallDriver Limited { get; private set; } = null!;

    /// <summary>The right body for each resource.</summary>
    public static string BodyOf(string path) =>
        path switch
        {
            "enterprise-register/query" => JsonSerializer.Serialize(
                new { entname = SyntheticWorld.Company("c01").Name, uniscid = SyntheticWorld.Company("c01").Uscc }
            ),
            "identity-check/check" =>
                $"<PACKAGE><DATA><RECORD no=\"1\"><GMSFHM>{SyntheticWorld.Person("p01").IdNumber}</GMSFHM><XM>{SyntheticWorld.Person("p01").Name}</XM></RECORD></DATA></PACKAGE>",
            "grid-capacity/query" => JsonSerializer.Serialize(
                new { unitNumber = SyntheticWorld.Title("t-company").UnitNumber }
            ),
            "project-approval/query" => JsonSerializer.Serialize(new { uscc = SyntheticWorld.Company("c01").Uscc }),
            _ => throw new ArgumentOutOfRangeException(nameof(path)),
        };

    public async ValueTask InitializeAsync()
    {
        Host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Callers = GrantLimited,
                Settings = new Dictionary<string, string?> { ["Gateway:Database:Timeout"] = "00:00:01" },
            }
        );
        Limited = Host.As("hall-limited");
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>How many calls the agencies have seen.</summary>
    public async Task<int> CallsAsync() => (await Host.Agencies.CallsAsync()).Count;

    private static void GrantLimited(JsonObject callers)
    {
        var grants = callers["grants"]!.AsArray();
        grants.Add(Grant("enterprise-register", "query", "data/entname", lastDay: "2099-12-31"));
        grants.Add(Grant("identity-check", "check", "PACKAGE/DATA/RECORD/SWBS", lastDay: "2099-12-31"));
        grants.Add(Grant("project-approval", "query", "data/status", lastDay: "2026-01-31"));
    }

    private static JsonObject Grant(string resource, string path, string field, string lastDay) =>
        new()
        {
            ["id"] = $"limited-share-{resource}",
            ["client"] = "hall-limited",
            ["service"] = $"share:{resource}",
            ["methods"] = new JsonArray("POST"),
            ["paths"] = new JsonArray(path),
            ["purposes"] = new JsonArray("electricity.new-connection"),
            ["fields"] = new JsonArray(field),
            ["validFrom"] = "2026-01-01",
            ["validUntil"] = lastDay,
            ["approvalNumber"] = "公政数试〔2026〕99号",
        };
}
