using System.Text;
using System.Text.Json.Nodes;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Tests.Callers;

/// <summary>Grants of shared resources name methods and paths; all others do not.</summary>
public sealed class SharedGrantEntryTests
{
    [Fact]
    public void A_grant_of_a_shared_resource_is_read_with_its_methods_and_paths()
    {
        using var setup = new CallersFileBuilder();

        var (snapshot, faults) = Read(setup, _ => { });

        Assert.Empty(faults);
        var grant = Assert.Single(snapshot!.Grants);
        Assert.Equal("share:grid-capacity", grant.Service);
        Assert.Equal(["GET", "POST"], grant.Methods.Order());
        Assert.Equal(["query", "units/{unit}"], grant.Paths.Order());
        Assert.Equal(["data/unit"], grant.Fields);
    }

    [Theory]
    [InlineData("methods", null, "/grants/0/methods missing")]
    [InlineData("paths", null, "/grants/0/paths missing")]
    [InlineData("methods", "[\"PUT\"]", "/grants/0/methods/0 unknown-value")]
    [InlineData("methods", "[\"get\"]", "/grants/0/methods/0 unknown-value")]
    [InlineData("methods", "[\"GET\",\"GET\"]", "/grants/0/methods/1 duplicate")]
    [InlineData("methods", "\"GET\"", "/grants/0/methods wrong-type")]
    [InlineData("paths", "[\"\"]", "/grants/0/paths/0 unknown-value")]
    [InlineData("paths", "[\"a\",\"a\"]", "/grants/0/paths/1 duplicate")]
    [InlineData("fields", "[\"a//b\"]", "/grants/0/fields/0 unknown-value")]
    [InlineData("service", "\"share:\"", "/grants/0/service unknown-value")]
    [InlineData("service", "\"share:Grid\"", "/grants/0/service unknown-value")]
    [InlineData("service", "\"share:grid\\n\"", "/grants/0/service unknown-value")]
    [InlineData("service", "\"SHARE:grid\"", "/grants/0/service unknown-value")]
    public void One_wrong_thing_is_named(string member, string? json, string fault)
    {
        using var setup = new CallersFileBuilder();

        var (snapshot, faults) = Read(setup, grant => Change(grant, member, json));

        Assert.Null(snapshot);
        Assert.Contains(fault, faults);
    }

    [Theory]
    [InlineData("methods", "[\"GET\"]")]
    [InlineData("paths", "[\"query\"]")]
    [InlineData("methods", "[]")]
    public void A_grant_of_another_service_has_neither(string member, string json)
    {
        using var setup = new CallersFileBuilder();
        var grant = CallersFileBuilder.Grant("g-1", "hall");
        Change(grant, member, json);

        Assert.Equal([$"/grants/0/{member} unknown-member"], Read(setup, grant).Faults);
        grant.Remove(member);
        Assert.Empty(Read(setup, grant).Faults);
    }

    private static void Change(JsonObject grant, string member, string? json)
    {
        grant.Remove(member);
        if (json is not null)
        {
            grant[member] = JsonNode.Parse(json);
        }
    }

    private static (CallersSnapshot? Snapshot, string[] Faults) Read(
        CallersFileBuilder setup,
        Action<JsonObject> change
    )
    {
        var grant = CallersFileBuilder.Grant("g-1", "hall");
        grant["service"] = "share:grid-capacity";
        grant["methods"] = new JsonArray("GET", "POST");
        grant["paths"] = new JsonArray("query", "units/{unit}");
        grant["fields"] = new JsonArray("data/unit");
        change(grant);
        return Read(setup, grant);
    }

    private static (CallersSnapshot? Snapshot, string[] Faults) Read(CallersFileBuilder setup, JsonObject grant)
    {
        var file = setup.NewFile();
        file["grants"] = new JsonArray(grant.DeepClone());
        var (snapshot, faults) = CallersFile.Read(
            Encoding.UTF8.GetBytes(file.ToJsonString()),
            ServiceFields.Vocabulary with
            {
                SharedFieldFault = FieldTree.FaultIn,
            }
        );
        return (snapshot, [.. faults.Select(fault => $"{fault.Pointer} {fault.Code}")]);
    }
}
