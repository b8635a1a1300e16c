using System.Text.Json;
using Integration.Gateway.Platform.Json;
using NJsonSchema.Validation;

namespace Integration.Gateway.Policy;

/// <summary>One file of policy data and how it is read: against the schema first, so that every fault has its place.</summary>
internal sealed record PolicyFile(string Name, string Text)
{
    private const string DataResources = "policy.data.";

    private static readonly EmbeddedSchema s_schema = new("policy.schema.json");

    /// <summary>The files of a directory, or the ones that come with the gateway when there is no directory.</summary>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    public static IReadOnlyList<PolicyFile> In(string? directory) =>
        directory is null
            ?
            [
                .. EmbeddedText
                    .Names(DataResources)
                    .Select(name => new PolicyFile(name[DataResources.Length..], EmbeddedText.Read(name))),
            ]
            :
            [
                .. Directory
                    .EnumerateFiles(directory, "*.json")
                    .Order(StringComparer.Ordinal)
                    .Select(path => new PolicyFile(Path.GetFileName(path), File.ReadAllText(path))),
            ];

    /// <summary>The edition, or null and its faults in the list.</summary>
    public PolicyEdition? Read(List<string> faults)
    {
        try
        {
            var schemaFaults = s_schema.FaultsIn(Text);
            faults.AddRange(schemaFaults.Select(fault => $"{Name}{Pointer(fault)}: {fault.Kind}"));
            return schemaFaults.Count > 0 ? null : JsonSerializer.Deserialize(Text, PolicyJson.Default.PolicyEdition);
        }
        catch (JsonException notRead)
        {
            faults.Add($"{Name}: not readable at {notRead.Path ?? "the beginning"}.");
            return null;
        }
        catch (Newtonsoft.Json.JsonException notJson)
        {
            faults.Add($"{Name}: not JSON: {notJson.Message}");
            return null;
        }
    }

    private static string Pointer(ValidationError error) => error.Path is { } path ? $" {path}" : string.Empty;
}
