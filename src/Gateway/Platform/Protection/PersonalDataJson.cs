using System.Buffers.Text;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Integration.Adapters.Ports;
using Integration.Contracts;

namespace Integration.Gateway.Platform.Protection;

/// <summary>
/// How documents with personal data are stored: <c>{"key": the document's own key, sealed; "document": …}</c>, camelCase,
/// enums by name, every marked string encrypted by itself under the document's key.
/// </summary>
internal static class PersonalDataJson
{
    /// <summary>Texts that callers choose in types of the ports, which do not mark them; they are stored sealed.</summary>
    private static readonly FrozenSet<(Type, string)> s_words = new HashSet<(Type, string)>
    {
        (typeof(LegPaper), "reference"),
    }.ToFrozenSet();

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { SealMarked } },
    };

    /// <summary>The key of the document that this thread is writing or reading; a converter has no other way to it.</summary>
    [ThreadStatic]
    private static DocumentKey? t_key;

    public static string Write<T>(T document, DocumentKey key, ProtectedText sealedKey)
    {
        t_key = key;
        try
        {
            var envelope = new Envelope<T>(Base64Url.EncodeToString(sealedKey.Ciphertext), document);
            return JsonSerializer.Serialize(envelope, s_options);
        }
        finally
        {
            t_key = null;
        }
    }

    public static T Read<T>(string json, Func<ProtectedText, DocumentKey> open)
        where T : notnull
    {
        using var parsed = JsonDocument.Parse(json);
        var sealedKey = parsed.RootElement.GetProperty("key").GetString();
        using var key = open(ProtectedText.FromCiphertext(Base64Url.DecodeFromChars(sealedKey)));
        t_key = key;
        try
        {
            return parsed.RootElement.GetProperty("document").Deserialize<T>(s_options)
                ?? throw new InvalidOperationException("A stored document is the JSON null.");
        }
        finally
        {
            t_key = null;
        }
    }

    private static void SealMarked(JsonTypeInfo type)
    {
        var place = type.Type.GetCustomAttribute<SealedAsAttribute>()?.Name ?? type.Type.Name;
        foreach (var property in type.Properties.Where(IsMarked))
        {
            if (property.PropertyType != typeof(string))
            {
                throw new NotSupportedException(
                    $"{type.Type.Name}.{property.Name} is marked as personal data but is not a string."
                );
            }

            property.CustomConverter = new SealedStringConverter($"{place}.{property.Name}");
        }
    }

    private static bool IsMarked(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(PersonalDataAttribute), inherit: true) == true
        || s_words.Contains((property.DeclaringType, property.Name));

    private sealed record Envelope<T>(string Key, T Document);

    /// <summary>Encrypts one field under the document's key.</summary>
    /// <param name="place">Bound to the ciphertext: a value moved to another field does not open.</param>
    private sealed class SealedStringConverter(string place) : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            t_key!.Open(Base64Url.DecodeFromChars(reader.GetString()), place);

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Base64Url.EncodeToString(t_key!.Seal(value, place)));
    }
}

/// <summary>What the sealed texts of a type are bound to, where that is not the type's present name: it was stored under this one.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SealedAsAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
