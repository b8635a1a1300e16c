using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Integration.Gateway.Platform.Json;

/// <summary>What a body may look like, read once from the serializer's metadata and kept.</summary>
internal abstract record BodyShape
{
    private static readonly ConcurrentDictionary<JsonTypeInfo, BodyShape> s_known = new();

    /// <summary>The shape of a type; built at its first use.</summary>
    /// <exception cref="NotSupportedException">The type holds something that the strict reader cannot check.</exception>
    public static BodyShape For(JsonTypeInfo type) => s_known.GetOrAdd(type, Build);

    private static BodyShape Build(JsonTypeInfo type) =>
        type.Kind switch
        {
            JsonTypeInfoKind.Object when type.Properties.Count <= ObjectShape.MostMembers => new ObjectShape([
                .. type.Properties.Select(Member),
            ]),
            JsonTypeInfoKind.Enumerable => new ArrayShape(
                new Lazy<BodyShape>(() => For(type.Options.GetTypeInfo(type.ElementType!)))
            ),
            JsonTypeInfoKind.None => new LeafShape(LeafRules.For(type)),
            _ => throw new NotSupportedException($"{type.Type} cannot be checked: its members are open, or too many."),
        };

    private static MemberShape Member(JsonPropertyInfo property) =>
        new(
            property.Name,
            Encoding.UTF8.GetBytes(property.Name),
            new Lazy<BodyShape>(() => For(property.Options.GetTypeInfo(property.PropertyType))),
            property.IsSetNullable
                && (
                    !property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null
                ),
            property.IsRequired
        );
}

/// <summary>An object with a closed list of members.</summary>
internal sealed record ObjectShape(MemberShape[] Members) : BodyShape
{
    /// <summary>Which members were seen is kept in the bits of one number.</summary>
    public const int MostMembers = 64;

    /// <summary>The member whose name the reader stands on, or -1.</summary>
    public int IndexOf(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            if (reader.ValueTextEquals(Members[i].Utf8Name))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>An array of equal elements; null is never one.</summary>
internal sealed record ArrayShape(Lazy<BodyShape> Element) : BodyShape;

/// <summary>A single value.</summary>
internal sealed record LeafShape(LeafRule Rule) : BodyShape;

/// <summary>A member. Shapes are lazy because types may contain themselves.</summary>
internal sealed record MemberShape(
    string Name,
    byte[] Utf8Name,
    Lazy<BodyShape> Shape,
    bool AllowsNull,
    bool IsRequired
);
