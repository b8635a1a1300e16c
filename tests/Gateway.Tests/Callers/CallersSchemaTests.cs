using System.Text.Json.Nodes;
using Integration.Gateway.Grants;

namespace Integration.Gateway.Tests.Callers;

/// <summary>The published schema says what the reader does.</summary>
public sealed class CallersSchemaTests
{
    private static readonly JsonNode Definitions = JsonNode.Parse(File.ReadAllText(SchemaPath()))!["$defs"]!;

    [Fact]
    public void The_schema_names_the_services_and_purposes_of_the_gateway()
    {
        var grant = Definitions["grant"]!["properties"]!;

        var services = grant["service"]!["anyOf"]!;

        Assert.Equal(ServiceFields.All.Keys.Order(StringComparer.Ordinal), Words(services[0]!["enum"]!));
        Assert.Equal("^share:[a-z][a-z0-9-]{0,47}$", services[1]!["pattern"]!.GetValue<string>());
        Assert.Equal(Purposes.All.Order(StringComparer.Ordinal), Words(grant["purposes"]!["items"]!["enum"]!));
    }

    [Theory]
    [InlineData("client")]
    [InlineData("grant")]
    public void The_reader_refuses_an_entry_without_any_of_the_members_the_schema_requires(string definition)
    {
        using var setup = new CallersFileBuilder();
        foreach (var member in Words(Definitions[definition]!["required"]!))
        {
            var file = setup.NewFile();
            file[$"{definition}s"]![0]!.AsObject().Remove(member);

            Assert.Contains($"/{definition}s/0/{member} missing", CallersFileTests.Faults(file.ToJsonString()));
        }
    }

    [Fact]
    public void The_schema_asks_for_methods_and_paths_where_the_reader_does()
    {
        var grant = Definitions["grant"]!;

        Assert.Equal("^share:", grant["if"]!["properties"]!["service"]!["pattern"]!.GetValue<string>());
        Assert.Equal(["methods", "paths"], Words(grant["then"]!["required"]!));
        Assert.Equal(["methods", "paths"], grant["else"]!["properties"]!.AsObject().Select(member => member.Key));
        Assert.Equal(["GET", "POST"], Words(grant["properties"]!["methods"]!["items"]!["enum"]!));
    }

    [Fact]
    public void The_schema_has_owners_where_the_reader_does()
    {
        var rule = Definitions["grant"]!["allOf"]![0]!;

        Assert.Equal("cases", rule["if"]!["properties"]!["service"]!["const"]!.GetValue<string>());
        Assert.False(rule["else"]!["properties"]!["owners"]!.GetValue<bool>());
        Assert.NotNull(Definitions["grant"]!["properties"]!["owners"]);
    }

    private static IEnumerable<string> Words(JsonNode list) =>
        list.AsArray().Select(word => word!.GetValue<string>()).Order(StringComparer.Ordinal);

    private static string SchemaPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Integration.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "docs", "spec", "callers.schema.json");
    }
}
