using System.Text.Json.Nodes;
using Integration.Testing;
using Integration.Testing.Recording;

namespace Integration.FlowTests.Sharing;

/// <summary>A gateway whose grid-resource platform is a stand-in that a test orders about, at one address or several.</summary>
internal sealed class ShareDriver : IAsyncDisposable
{
    public const string Question = """{"unitNumber":"U-1"}""";

    private const string Operations = """
        [
          { "operation": "query", "methods": ["POST"], "path": "query", "target": "api/query", "repeatable": true,
            "request": { "fields": ["unitNumber", "note"] },
            "answer": { "fields": ["data/unitNumber", "data/spareCapacityKw"], "envelope": ["code"] } },
          { "operation": "unit", "methods": ["GET"], "path": "units/{unit}/{part}", "target": "api/units/{part}/{unit}", "repeatable": true,
            "request": { "query": ["page", "text"] },
            "answer": { "fields": ["data/unitNumber"], "envelope": ["code"] } },
          { "operation": "rows", "methods": ["GET"], "path": "rows", "target": "api/rows", "repeatable": true,
            "request": {},
            "answer": { "fields": ["data/rows/id", "data/rows/text"], "envelope": ["code"] },
            "limits": { "answerBytes": 209715200 } },
          { "operation": "list", "methods": ["GET"], "path": "list", "target": "api/list", "repeatable": true,
            "request": {},
            "answer": { "fields": ["data/rows/id", "data/rows/text"], "envelope": ["code"] } },
          { "operation": "order", "methods": ["POST"], "path": "order", "target": "api/order", "repeatable": false,
            "request": { "fields": ["unitNumber"] },
            "answer": { "fields": ["data/unitNumber"], "envelope": ["code"] },
            "limits": { "answerBytes": 65536 } },
          { "operation": "coded", "methods": ["POST"], "path": "coded", "target": "api/coded", "repeatable": true,
            "request": { "fields": ["unitNumber"] },
            "answer": { "fields": ["data/unitNumber", "data/spareCapacityKw"], "envelope": ["code"],
              "codes": { "field": "code", "success": ["0"], "notFound": ["404"], "refused": ["403"], "temporary": ["500"] } } },
          { "operation": "bound", "methods": ["POST"], "path": "bound", "target": "api/bound", "repeatable": true,
            "request": { "fields": ["unitNumber", "note"] },
            "answer": { "fields": ["data/unitNumber", "data/spareCapacityKw"], "envelope": ["code"],
              "codes": { "field": "code", "success": ["0"], "notFound": ["404"] },
              "bind": [{ "field": "data/unitNumber", "parameter": "unitNumber", "kind": "unitNumber" }] } },
          { "operation": "bound-rows", "methods": ["GET"], "path": "bound-rows/{owner}", "target": "api/bound-rows/{owner}", "repeatable": true,
            "request": {},
            "answer": { "fields": ["data/rows/id", "data/rows/text"], "envelope": ["code"],
              "bind": [{ "field": "data/rows/owner", "parameter": "owner" }] },
            "limits": { "answerBytes": 209715200 } }
        ]
        """;

    private ShareDriver(IntegrationHost host, IReadOnlyList<StandInAgency> agencies) =>
        (Host, Agencies) = (host, agencies);

    public IntegrationHost Host { get; }

    /// <summary>By the order of the addresses.</summary>
    public IReadOnlyList<StandInAgency> Agencies { get; }

    public StandInAgency Agency => Agencies[0];

    /// <summary>Starts both.</summary>
    /// <param name="addresses">How many addresses the agency has.</param>
    /// <param name="settings">Settings of the gateway besides.</param>
    /// <param name="change">What else is different.</param>
    public static async Task<ShareDriver> StartAsync(
        int addresses = 1,
        IReadOnlyDictionary<string, string>? settings = null,
        Func<IntegrationHostOptions, IntegrationHostOptions>? change = null
    )
    {
        StandInAgency[] agencies = [.. Enumerable.Range(0, addresses).Select(_ => new StandInAgency())];
        var options = new IntegrationHostOptions
        {
            Catalogue = catalogue => Resource(catalogue)["operations"] = JsonNode.Parse(Operations),
            Callers = Grant,
            Settings = Settings(agencies, settings),
        };
        return new ShareDriver(await IntegrationHost.StartAsync(change?.Invoke(options) ?? options), agencies);
    }

    /// <summary>A settings dictionary for one key.</summary>
    public static IReadOnlyDictionary<string, string> With(params (string Key, string Value)[] settings) =>
        settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        foreach (var agency in Agencies)
        {
            await agency.DisposeAsync();
        }
    }

    private static Dictionary<string, string?> Settings(
        StandInAgency[] agencies,
        IReadOnlyDictionary<string, string>? more
    )
    {
        var settings = (more ?? With()).ToDictionary(pair => pair.Key, string? (pair) => pair.Value);
        settings["Agencies:grid-resource:BaseAddress"] = agencies[0].Address.ToString();
        foreach (var (index, agency) in agencies.Skip(1).Index())
        {
            settings[FormattableString.Invariant($"Agencies:grid-resource:AlternateAddresses:{index}")] =
                agency.Address.ToString();
        }

        return settings;
    }

    private static JsonNode Resource(JsonObject catalogue) =>
        catalogue["resources"]!.AsArray().Single(resource => (string?)resource!["resource"] == "grid-capacity")!;

    private static void Grant(JsonObject callers)
    {
        var grant = callers["grants"]!.AsArray().Single(grant => (string?)grant!["id"] == "hall-share-grid-capacity")!;
        grant["methods"] = new JsonArray("GET", "POST");
        grant["paths"] = new JsonArray(
            "query",
            "units/{unit}/{part}",
            "rows",
            "list",
            "order",
            "coded",
            "bound",
            "bound-rows/{owner}"
        );
        grant["fields"] = new JsonArray("data/unitNumber", "data/spareCapacityKw", "data/rows/id", "data/rows/text");
    }
}
