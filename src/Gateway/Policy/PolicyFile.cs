using System.Text.Json;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Integration.Gateway.Policy;

/// <summary>One file of policy data and how it is read: against the schema first, so that every fault has its place.</summary>
internal sealed record PolicyFile(string Name, string Text)
{
    private const string SchemaResource = "policy.schema.json";
    private const string DataResources = "policy.data.";

    private static readonly Lazy<JsonSchema> s_schema = new(() =>
        JsonSchema.FromJsonAsync(Resource(SchemaResource)).GetAwaiter().GetResult()
    );

    /// <summary>The files of a directory, or the ones that come with the gateway when there is no directory.</summary>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    public static IReadOnlyList<PolicyFile> In(string? directory) =>
        directory is null
            ? [.. ResourceNames().Select(name => new PolicyFile(name[DataResources.Length..], Resource(name)))]
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
            var schemaFaults = s_schema.Value.Validate(Text).SelectMany(Leaves).ToList();
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

    private static IEnumerable<ValidationError> Leaves(ValidationError error) =>
        error is ChildSchemaValidationError parent
            ? parent.Errors.SelectMany(branch => branch.Value).SelectMany(Leaves)
            : [error];

    private static string Pointer(ValidationError error) => error.Path is { } path ? $" {path}" : string.Empty;

    private static IEnumerable<string> ResourceNames() =>
        typeof(PolicyFile)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(DataResources, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static string Resource(string name)
    {
        using var stream =
            typeof(PolicyFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks the resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
