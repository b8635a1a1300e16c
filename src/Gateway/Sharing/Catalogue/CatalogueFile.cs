using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Json;
using NJsonSchema.Validation;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>Reads a catalogue completely or not at all: syntax, then the schema, then what the schema cannot say.</summary>
internal static class CatalogueFile
{
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private static readonly EmbeddedSchema s_schema = new("catalogue.schema.json");

    /// <summary>The catalogue, or every fault with its place.</summary>
    public static (ServiceCatalogue? Catalogue, IReadOnlyList<string> Faults) Read(
        string text,
        IAgencyForwarding agencies
    )
    {
        try
        {
            using var document = JsonDocument.Parse(text, s_strict);
            string[] numbers = [.. HugeNumbers(document.RootElement, "#")];
            if (numbers.Length > 0)
            {
                return (null, numbers);
            }

            return Check(text, s_schema.FaultsIn(text), agencies);
        }
        catch (JsonException notRead)
        {
            return (
                null,
                [$"Not readable at line {notRead.LineNumber + 1}, {notRead.Path ?? "no path"}: {Reason(notRead)}"]
            );
        }
    }

    private static (ServiceCatalogue? Catalogue, IReadOnlyList<string> Faults) Check(
        string text,
        IReadOnlyList<ValidationError> ofSchema,
        IAgencyForwarding agencies
    )
    {
        if (ofSchema.Count > 0)
        {
            return (null, [.. ofSchema.Select(Line), .. Further(text, ofSchema, agencies)]);
        }

        var entry = JsonSerializer.Deserialize(text, CatalogueJson.Default.CatalogueEntry)!;
        string[] faults = [.. CatalogueFaults.In(entry, agencies)];
        return faults.Length > 0 ? (null, faults) : (new ServiceCatalogue(text, Operations(entry, agencies)), faults);
    }

    /// <summary>Numbers beyond every limit, which the schema's reader could not even compare.</summary>
    private static IEnumerable<string> HugeNumbers(JsonElement element, string place) =>
        element.ValueKind switch
        {
            JsonValueKind.Number when !element.TryGetDecimal(out var number) || Math.Abs(number) > long.MaxValue =>
            [
                $"{place}: {ValidationErrorKind.NumberTooBig}",
            ],
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member => HugeNumbers(member.Value, $"{place}.{member.Name}")),
            JsonValueKind.Array => element
                .EnumerateArray()
                .SelectMany((item, index) => HugeNumbers(item, $"{place}[{index}]")),
            _ => [],
        };

    /// <summary>What else is wrong with a catalogue that the schema has refused, as far as it can be read at all.</summary>
    private static IEnumerable<string> Further(
        string text,
        IReadOnlyList<ValidationError> ofSchema,
        IAgencyForwarding agencies
    )
    {
        if (ofSchema.Any(fault => !KeepsShape(fault.Kind)))
        {
            return [];
        }

        try
        {
            return CatalogueFaults.In(
                JsonSerializer.Deserialize(text, RefusedCatalogueJson.Default.CatalogueEntry)!,
                agencies
            );
        }
        catch (JsonException)
        {
            return []; // a number that does not fit its type: the schema has named it
        }
    }

    /// <summary>Whether every member is still of its kind.</summary>
    private static bool KeepsShape(ValidationErrorKind kind) =>
        kind
            is ValidationErrorKind.NoAdditionalPropertiesAllowed
                or ValidationErrorKind.PatternMismatch
                or ValidationErrorKind.StringTooShort
                or ValidationErrorKind.StringTooLong
                or ValidationErrorKind.NotInEnumeration
                or ValidationErrorKind.TooFewItems
                or ValidationErrorKind.TooManyItems
                or ValidationErrorKind.ItemsNotUnique
                or ValidationErrorKind.NumberTooSmall
                or ValidationErrorKind.NumberTooBig;

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

    private static string Line(ValidationError fault) => $"{fault.Path ?? "#"}: {fault.Kind}";
}
