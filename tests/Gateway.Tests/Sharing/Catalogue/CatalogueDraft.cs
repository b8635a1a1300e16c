using System.Text.Json.Nodes;
using Integration.Gateway.Sharing.Catalogue;

namespace Integration.Gateway.Tests.Sharing.Catalogue;

/// <summary>A small catalogue that is right; a test changes one thing of it.</summary>
internal static class CatalogueDraft
{
    public static CatalogueAgencies Agencies { get; } = new();

    /// <summary><c>grid-capacity</c> with <c>query</c> (POST) and <c>unit</c> (GET).</summary>
    public static JsonObject New() => new() { ["resources"] = new JsonArray(Resource("grid-capacity")) };

    public static JsonObject Resource(string name) =>
        new()
        {
            ["resource"] = name,
            ["title"] = "电网资源",
            ["agency"] = "grid",
            ["dialect"] = "tif",
            ["catalogueId"] = "C-1",
            ["approvalNumber"] = "A-1",
            ["validFrom"] = "2026-01-01",
            ["validUntil"] = "2026-12-31",
            ["purposes"] = new JsonArray("electricity.new-connection"),
            ["operations"] = new JsonArray(
                Operation("query", "POST", "query", "api/query", "unit"),
                Operation("unit", "GET", "units/{unit}", "api/units/{unit}")
            ),
        };

    public static JsonObject Operation(
        string name,
        string method,
        string path,
        string? target,
        params string[] fields
    ) =>
        new()
        {
            ["operation"] = name,
            ["methods"] = new JsonArray(method),
            ["path"] = path,
            ["target"] = target,
            ["repeatable"] = true,
            ["request"] = new JsonObject { ["fields"] = new JsonArray([.. fields.Select(field => (JsonNode)field)]) },
            ["answer"] = new JsonObject
            {
                ["fields"] = new JsonArray("data/unit"),
                ["envelope"] = new JsonArray("code"),
            },
        };

    /// <summary>Sets what stands at a place of the first resource, e.g. <c>operations/0/path</c>; null takes it away.</summary>
    public static JsonObject With(this JsonObject catalogue, string place, string? json)
    {
        var names = place.Split('/');
        var node = names[..^1].Aggregate(catalogue["resources"]![0]!, Step);
        if (json is null)
        {
            node.AsObject().Remove(names[^1]);
        }
        else if (node is JsonArray list)
        {
            list.Insert(int.Parse(names[^1], System.Globalization.CultureInfo.InvariantCulture), JsonNode.Parse(json));
        }
        else
        {
            node[names[^1]] = JsonNode.Parse(json);
        }

        return catalogue;
    }

    public static (ServiceCatalogue? Catalogue, IReadOnlyList<string> Faults) Read(this JsonObject catalogue) =>
        CatalogueFile.Read(catalogue.ToJsonString(), Agencies);

    private static JsonNode Step(JsonNode node, string name) =>
        node is JsonArray list
            ? list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]!
            : node[name] ??= new JsonObject();
}
