using System.Text.Json;

namespace Integration.Try.Setup;

/// <summary>What a grant names of one resource of the catalogue.</summary>
internal sealed record SharedResource(
    string Name,
    string ApprovalNumber,
    IReadOnlyList<string> Purposes,
    IReadOnlyList<string> Methods,
    IReadOnlyList<string> Paths,
    IReadOnlyList<string> Fields
);

/// <summary>The service catalogue over the sandbox agencies.</summary>
internal static class SharedResources
{
    private const string Catalogue = "catalogue.json";

    /// <summary>Writes the catalogue anew and returns what grants may name of it.</summary>
    public static IReadOnlyList<SharedResource> Write(string file)
    {
        using var stream = typeof(SharedResources).Assembly.GetManifestResourceStream(Catalogue)!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        File.WriteAllText(file, text);
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("resources").EnumerateArray().Select(Read)];
    }

    private static SharedResource Read(JsonElement resource)
    {
        var operations = resource.GetProperty("operations").EnumerateArray().ToList();
        return new SharedResource(
            Text(resource, "resource"),
            Text(resource, "approvalNumber"),
            Texts(resource.GetProperty("purposes")),
            [
                .. operations
                    .SelectMany(operation => Texts(operation.GetProperty("methods")))
                    .Distinct(StringComparer.Ordinal),
            ],
            [.. operations.Select(operation => Text(operation, "path"))],
            [
                .. operations
                    .SelectMany(operation => Texts(operation.GetProperty("answer").GetProperty("fields")))
                    .Distinct(StringComparer.Ordinal),
            ]
        );
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];
}
