using System.ComponentModel;
using System.Reflection;

namespace Integration.Gateway.Platform.Settings;

/// <summary>
/// Compares the keys of a section with its options class. The binder ends at the first fault of a section and names classes; operators need
/// all of them, by their keys. Values are never repeated: they may be secrets.
/// </summary>
internal static class SettingsKeys
{
    /// <summary>Each faulty key with its fault.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Faults(IConfigurationSection section, Type options)
    {
        var properties = options
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        return section
            .GetChildren()
            .SelectMany(child =>
                properties.TryGetValue(child.Key, out var property)
                    ? FaultsOfValue(child, property.PropertyType)
                    : [new(child.Path, $"{child.Path}: no such setting.{NearestName.Hint(child.Key, properties.Keys)}")]
            );
    }

    private static IEnumerable<KeyValuePair<string, string>> FaultsOfValue(IConfigurationSection value, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (ElementOf(plain) is { } element)
        {
            return value.GetChildren().SelectMany(child => FaultsOfValue(child, element));
        }

        if (TypeDescriptor.GetConverter(plain) is { } converter && converter.CanConvertFrom(typeof(string)))
        {
            return FaultOfText(value, plain, converter, isOptional: plain != type || !plain.IsValueType);
        }

        return plain.Assembly.FullName!.StartsWith("Integration.", StringComparison.Ordinal)
            ? Faults(value, plain)
            : [];
    }

    private static IEnumerable<KeyValuePair<string, string>> FaultOfText(
        IConfigurationSection value,
        Type type,
        TypeConverter converter,
        bool isOptional
    )
    {
        if (value.GetChildren().Any())
        {
            return [new(value.Path, $"{value.Path}: one value is needed, not a list or a section.")];
        }

        return (isOptional && string.IsNullOrEmpty(value.Value)) || Converts(value.Value, converter)
            ? []
            : [new(value.Path, $"{value.Path}: {Expected(type)} is needed.")];
    }

    private static bool Converts(string? text, TypeConverter converter)
    {
        try
        {
            return text is not null && converter.ConvertFromInvariantString(text) is not null;
        }
        catch (Exception reason)
            when (reason is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string Expected(Type type) =>
        type switch
        {
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(TimeSpan) => "a duration (hh:mm:ss)",
            _ when type == typeof(Uri) => "an address",
            _ when type == typeof(double) || type == typeof(decimal) => "a number",
            { IsPrimitive: true } => "a whole number within the limits of the setting",
            _ => $"a value of the form {type.Name}",
        };

    /// <summary>What a list or a dictionary holds; null for all other types.</summary>
    private static Type? ElementOf(Type type)
    {
        if (type == typeof(string))
        {
            return null;
        }

        var list = type.GetInterfaces()
            .Prepend(type)
            .FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        var element = list?.GetGenericArguments()[0];
        return element is { IsGenericType: true } && element.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
            ? element.GetGenericArguments()[1]
            : element;
    }
}
