using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Gateway.Platform.Json;

/// <summary>Members of a closed list are written by name, in camel case; a number is none of them.</summary>
internal sealed class CamelCaseName<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
