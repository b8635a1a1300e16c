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

        Assert.Equal(ServiceFields.All.Keys.Order(StringComparer.Ordinal), Words(grant["service"]!["enum"]!));
        Assert.Equal(Purposes.All.Order(StringComparer.Ordinal), Words(grant["purposes"]!["items"]!["enum"]!));
    }

    [Theory]
    [InlineData("client")]
    [InlineData("grant")]
    public void The_reader_refuses_an_entry_without_any_of_the_members_the_schema_requires(string definition)
    {
        using var setup = new CallersSetup();
        foreach (var member in Words(Definitions[definition]!["required"]!))
        {
            var file = setup.NewFile();
            file[$"{definition}s"]![0]!.AsObject().Remove(member);

            Assert.Contains($"/{definition}s/0/{member} missing", CallersFileTests.Faults(file.ToJsonString()));
        }
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
