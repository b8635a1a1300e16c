using System.Text.Json;
using Integration.Adapters.Ports;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>Reads a catalogue completely or not at all: syntax, then the schema, then what the schema cannot say.</summary>
internal static class CatalogueFile
{
    private const string SchemaResource = "catalogue.schema.json";

    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private static readonly Lazy<JsonSchema> s_schema = new(() =>
        JsonSchema.FromJsonAsync(Resource(SchemaResource)).GetAwaiter().GetResult()
    );

    /// <summary>The catalogue, or every fault with its place.</summary>
    public static (ServiceCatalogue? Catalogue, IReadOnlyList<string> Faults) Read(
        string text,
        IAgencyForwarding agencies
    )
    {
        var (entry, faults) = Parse(text);
        if (entry is null)
        {
            return (null, faults);
        }

        faults = [.. CatalogueFaults.In(entry, agencies)];
        return faults.Count > 0 ? (null, faults) : (new ServiceCatalogue(text, Operations(entry, agencies)), faults);
    }

    private static (CatalogueEntry? Entry, IReadOnlyList<string> Faults) Parse(string text)
    {
        try
        {
            using (JsonDocument.Parse(text, s_strict)) { }

            string[] faults = [.. s_schema.Value.Validate(text).SelectMany(Leaves).Select(Line)];
            return faults.Length > 0
                ? (null, faults)
                : (JsonSerializer.Deserialize(text, CatalogueJson.Default.CatalogueEntry), []);
        }
        catch (JsonException notRead)
        {
            return (
                null,
                [$"Not readable at line {notRead.LineNumber + 1}, {notRead.Path ?? "no path"}: {Reason(notRead)}"]
            );
        }
    }

    private static SharedOperation[] Operations(CatalogueEntry entry, IAgencyForwarding agencies) =>
        [
            .. entry.Resources.SelectMany(resource =>
                resource.Operations.Select(operation => new SharedOperation(
                    resource,
                    operation,
                    agencies.Agencies.Single(agency => agency.Name == resource.Agency),
                    agencies.Open(resource.Agency, resource.Dialect, resource.Service)!
                ))
            ),
        ];

    /// <summary>The catalogue holds nothing personal, so what the parser says may be repeated.</summary>
    private static string Reason(JsonException fault) => fault.InnerException?.Message ?? fault.Message;

    private static IEnumerable<ValidationError> Leaves(ValidationError error) =>
        error is ChildSchemaValidationError parent
            ? parent.Errors.SelectMany(branch => branch.Value).SelectMany(Leaves)
            : [error];

    private static string Line(ValidationError fault) => $"{fault.Path ?? "#"}: {fault.Kind}";

    private static string Resource(string name)
    {
        using var stream =
            typeof(CatalogueFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks the resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
