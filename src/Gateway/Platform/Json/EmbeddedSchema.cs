using NJsonSchema;
using NJsonSchema.Validation;

namespace Integration.Gateway.Platform.Json;

/// <summary>A JSON Schema that is a resource of the assembly; it is read at its first use.</summary>
/// <param name="resource">The name of the resource.</param>
internal sealed class EmbeddedSchema(string resource)
{
    private readonly Lazy<JsonSchema> _schema = new(() =>
        JsonSchema.FromJsonAsync(EmbeddedText.Read(resource)).GetAwaiter().GetResult()
    );

    /// <summary>Every fault of a text, the innermost ones of alternatives.</summary>
    public IReadOnlyList<ValidationError> FaultsIn(string text) =>
        [.. _schema.Value.Validate(text).SelectMany(Innermost)];

    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError parent
            ? parent.Errors.SelectMany(branch => branch.Value).SelectMany(Innermost)
            : [error];
}
