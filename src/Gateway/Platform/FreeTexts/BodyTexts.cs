using System.Collections;
using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Platform.FreeTexts;

/// <summary>
/// Applies the rule of <see cref="FreeText"/> to a body as it was read: every string of it that is not marked as personal
/// data, and so is not sealed, is a free text. A new member of a request is checked without anything being done for it.
/// </summary>
internal static class BodyTexts
{
    private static readonly ConcurrentDictionary<JsonTypeInfo, Member[]> s_known = new();

    /// <summary>What the members with a person's name are called; where a credit code stands beside it, <c>name</c> is an enterprise's.</summary>
    private static readonly string[] s_names =
    [
        "name",
        "legalRepresentative",
        "formerName",
        "landlordName",
        "holderName",
        "holder",
    ];

    /// <summary>Members whose form leaves no room for a text: digests and trace ids are digits by chance.</summary>
    private static readonly string[] s_digits = ["sha256", "traceparent"];

    /// <summary>Adds a fault for every text with personal data.</summary>
    public static void Check<T>(T body, JsonTypeInfo<T> type, FaultList faults)
        where T : class
    {
        var texts = TextsOf(body, type);
        var names = NamesOf(texts);
        foreach (var text in texts.Where(text => text.Kind == TextKind.Free))
        {
            if (FreeText.FaultIn(text.Value, names) is { } fault)
            {
                faults.Add(text.Pointer, fault.Code, fault.Message);
            }
        }
    }

    /// <summary>The names of the people of a body.</summary>
    public static PersonNames NamesOf<T>(T body, JsonTypeInfo<T> type)
        where T : class => NamesOf(TextsOf(body, type));

    /// <summary>How a string member of a body is treated.</summary>
    public static TextKind KindOf(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(PersonalDataAttribute), inherit: true) == true
            ? IsPersonsName(property)
                ? TextKind.Name
                : TextKind.Sealed
            : s_digits.Contains(property.Name, StringComparer.Ordinal)
                ? TextKind.Digits
                : TextKind.Free;

    private static bool IsPersonsName(JsonPropertyInfo property) =>
        s_names.Contains(property.Name, StringComparer.Ordinal)
        && !(property.Name == "name" && property.DeclaringType.GetProperty("Uscc") is not null);

    private static PersonNames NamesOf(List<Text> texts) =>
        PersonNames.From(texts.Where(text => text.Kind == TextKind.Name).Select(text => text.Value));

    private static List<Text> TextsOf<T>(T body, JsonTypeInfo<T> type)
        where T : class
    {
        var texts = new List<Text>();
        Collect(body, type, string.Empty, TextKind.Free, texts);
        return texts;
    }

    private static void Collect(object? value, JsonTypeInfo type, string pointer, TextKind kind, List<Text> texts)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                texts.Add(new Text(pointer, text, kind));
                break;
            case IEnumerable elements:
                var element = type.Options.GetTypeInfo(type.ElementType!);
                var index = 0;
                foreach (var each in elements)
                {
                    Collect(each, element, $"{pointer}/{index++}", kind, texts);
                }

                break;
            default:
                foreach (var member in s_known.GetOrAdd(type, MembersOf))
                {
                    Collect(member.Get(value), member.Type.Value, $"{pointer}/{member.Name}", member.Kind, texts);
                }

                break;
        }
    }

    private static Member[] MembersOf(JsonTypeInfo type) =>
        [
            .. type
                .Properties.Where(property => property.Get is not null && MayHoldText(property))
                .Select(property => new Member(
                    property.Name,
                    property.Get!,
                    new Lazy<JsonTypeInfo>(() => property.Options.GetTypeInfo(property.PropertyType)),
                    KindOf(property)
                )),
        ];

    private static bool MayHoldText(JsonPropertyInfo property) => !property.PropertyType.IsValueType;

    private sealed record Member(string Name, Func<object, object?> Get, Lazy<JsonTypeInfo> Type, TextKind Kind);

    private sealed record Text(string Pointer, string Value, TextKind Kind)
    {
        public override string ToString() => Pointer;
    }
}

/// <summary>How a string of a request is treated.</summary>
internal enum TextKind
{
    /// <summary>It may stand unsealed, so it is checked.</summary>
    Free,

    /// <summary>Marked as personal data: sealed wherever it is kept.</summary>
    Sealed,

    /// <summary>Sealed too, and looked for in the free texts.</summary>
    Name,

    /// <summary>A digest or trace id in a form of its own.</summary>
    Digits,
}
