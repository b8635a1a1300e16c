using System.Text.Json;

namespace Integration.Contracts.Tests.Vectors;

/// <summary>The vectors of <c>identifiers.json</c> as theory rows.</summary>
internal static class IdentifierVectors
{
    public static TheoryData<string, bool> Rows(string kind)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Vectors", "identifiers.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var rows = new TheoryData<string, bool>();
        foreach (var vector in document.RootElement.GetProperty(kind).EnumerateArray())
        {
            rows.Add(vector.GetProperty("value").GetString()!, vector.GetProperty("valid").GetBoolean());
        }

        return rows;
    }
}
