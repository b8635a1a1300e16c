using System.Text.Json;

namespace Integration.Gateway.Platform.Json;

/// <summary>How the API writes values of an enumeration: camel case.</summary>
internal static class JsonNames
{
    /// <summary>The value as the API writes it.</summary>
    public static string From<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>A type's name as a value.</summary>
    public static string OfType(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>The value that the API writes so; null: none.</summary>
    public static T? Find<T>(string? text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (From(value) == text)
            {
                return value;
            }
        }

        return null;
    }
}
