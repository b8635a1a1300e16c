using System.Text.Json.Nodes;

namespace Integration.Gateway.Platform.OpenApi;

/// <summary>One example for each body of the API, kept as JSON beside this class and read by the tests as a caller would.</summary>
internal static class Examples
{
    public static JsonNode? For(string type)
    {
        using var stream = typeof(Examples).Assembly.GetManifestResourceStream($"openapi.example.{type}");
        return stream is null ? null : JsonNode.Parse(stream);
    }
}
