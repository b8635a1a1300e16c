using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;

namespace Integration.FlowTests.PersonalData;

/// <summary>
/// Puts a text into each free text of a body, one at a time: every string member that is not marked as personal data, whether the
/// body has it or not, wherever its object is there. Members are found in the contract, so none is forgotten.
/// </summary>
internal static class PlantedTexts
{
    /// <summary>Digests and trace ids have a form of their own.</summary>
    private static readonly string[] s_forms = ["sha256", "traceparent"];

    /// <summary>JSON Pointer of the place, and the body with the text there.</summary>
    public static IEnumerable<(string Pointer, string Body)> In<T>(T body, string text)
    {
        var type = IntegrationJson.Options.GetTypeInfo(typeof(T));
        var json = System.Text.Json.JsonSerializer.SerializeToNode(body, type)!;
        foreach (var path in Places(type, json, []))
        {
            var planted = json.DeepClone();
            var parent = path[..^1].Aggregate(planted, Step);
            if (parent is JsonArray array)
            {
                array[int.Parse(path[^1], System.Globalization.CultureInfo.InvariantCulture)] = text;
            }
            else
            {
                parent[path[^1]] = text;
            }

            yield return ("/" + string.Join('/', path), planted.ToJsonString());
        }
    }

    private static IEnumerable<string[]> Places(JsonTypeInfo type, JsonNode node, string[] at)
    {
        foreach (var property in type.Properties.Where(IsUnmarked))
        {
            string[] path = [.. at, property.Name];
            if (property.PropertyType == typeof(string))
            {
                if (!s_forms.Contains(property.Name, StringComparer.Ordinal))
                {
                    yield return path;
                }
            }
            else if (node[property.Name] is { } child && !property.PropertyType.IsValueType)
            {
                foreach (var place in Inside(type.Options.GetTypeInfo(property.PropertyType), child, path))
                {
                    yield return place;
                }
            }
        }
    }

    private static IEnumerable<string[]> Inside(JsonTypeInfo type, JsonNode node, string[] at)
    {
        if (node is not JsonArray array)
        {
            return type.Kind == JsonTypeInfoKind.Object ? Places(type, node, at) : [];
        }

        var element = type.Options.GetTypeInfo(type.ElementType!);
        var elements = array.Select((each, index) => (Node: each!, At: (string[])[.. at, $"{index}"]));
        return element.Type == typeof(string)
            ? elements.Select(each => each.At)
            : elements.SelectMany(each => Inside(element, each.Node, each.At));
    }

    private static JsonNode Step(JsonNode node, string step) =>
        node is JsonArray array
            ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]!
            : node[step]!;

    private static bool IsUnmarked(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(PersonalDataAttribute), inherit: true) != true;
}
