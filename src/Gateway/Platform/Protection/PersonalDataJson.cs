using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;

namespace Integration.Gateway.Platform.Protection;

/// <summary>How documents with personal data are stored: camelCase, enums by name, every marked string sealed.</summary>
internal static class PersonalDataJson
{
    public static JsonSerializerOptions Create(PersonalDataVault vault)
    {
        var marked = new SealedStringConverter(vault);
        return new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { type => UseFor(type, marked) } },
        };
    }

    private static void UseFor(JsonTypeInfo type, SealedStringConverter converter)
    {
        foreach (var property in type.Properties.Where(IsMarked))
        {
            if (property.PropertyType != typeof(string))
            {
                throw new NotSupportedException(
                    $"{type.Type.Name}.{property.Name} is marked as personal data but is not a string."
                );
            }

            property.CustomConverter = converter;
        }
    }

    private static bool IsMarked(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(PersonalDataAttribute), inherit: true) == true;

    private sealed class SealedStringConverter(PersonalDataVault vault) : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            vault.Open(ProtectedText.FromCiphertext(Base64Url.DecodeFromUtf8(reader.ValueSpan)));

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Base64Url.EncodeToString(vault.Seal(value).Ciphertext));
    }
}
