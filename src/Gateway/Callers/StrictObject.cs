using System.Globalization;
using System.Text.Json;
using Integration.Contracts.Problems;

namespace Integration.Gateway.Callers;

/// <summary>
/// Reads one JSON object of the callers file and notes every fault it meets with its pointer: unknown, repeated and missing
/// members, wrong kinds. A getter that noted a fault returns an empty value; the file is refused as a whole afterwards.
/// </summary>
internal sealed class StrictObject
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<FieldFault> _faults;
    private readonly bool _isObject;

    public StrictObject(JsonElement element, string pointer, List<FieldFault> faults, params ReadOnlySpan<string> known)
    {
        Pointer = pointer;
        _faults = faults;
        _isObject = element.ValueKind == JsonValueKind.Object;
        if (!_isObject)
        {
            Fault("", "kind", "An object is needed.");
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                Fault(member.Name, "unknown-member", "There is no such setting.");
            }
            else if (!_members.TryAdd(member.Name, member.Value))
            {
                Fault(member.Name, "duplicate-member", "It stands here twice.");
            }
        }
    }

    public string Pointer { get; }

    public void Fault(string member, string code, string message) =>
        _faults.Add(new FieldFault(member.Length == 0 ? Pointer : PointerTo(member), code, message));

    public string PointerTo(string member) =>
        $"{Pointer}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>The member as it stands, or null without a fault.</summary>
    public JsonElement? Optional(string member) => _members.TryGetValue(member, out var value) ? value : null;

    /// <summary>A text of 1 to 256 characters; empty after a fault.</summary>
    public string Text(string member) => Required(member) is { } value ? AsText(member, value) : "";

    /// <summary>As <see cref="Text"/>, or null when the member is absent.</summary>
    public string? OptionalText(string member) => Optional(member) is { } value ? AsText(member, value) : null;

    public bool Flag(string member)
    {
        if (Required(member) is not { } value)
        {
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fault(member, "kind", "true or false is needed.");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A whole number within the bounds, or null when the member is absent or after a fault.</summary>
    public long? OptionalNumber(string member, long least, long most)
    {
        if (Optional(member) is not { } value)
        {
            return null;
        }

        if (
            value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }

        Fault(
            member,
            "range",
            string.Create(CultureInfo.InvariantCulture, $"A whole number from {least} to {most} is needed.")
        );
        return null;
    }

    /// <summary>One of the names of the enum, in camelCase.</summary>
    public T OneOf<T>(string member)
        where T : struct, Enum
    {
        if (Optional(member) is null)
        {
            _ = Required(member);
            return default;
        }

        var text = Text(member);
        foreach (var value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()).Equals(text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        var names = string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));
        Fault(member, "unknown-value", $"One of {names} is needed.");
        return default;
    }

    public DateOnly? Date(string member)
    {
        if (Required(member) is not { } value)
        {
            return null;
        }

        if (
            value.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(
                value.GetString(),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
        {
            return date;
        }

        Fault(member, "date", "A real date yyyy-MM-dd is needed.");
        return null;
    }

    /// <summary>The elements of a list with their pointers; none after a fault.</summary>
    public IEnumerable<(JsonElement Element, string Pointer)> List(string member)
    {
        if (Required(member) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault(member, "kind", "A list is needed.");
            return [];
        }

        return value.EnumerateArray().Select((item, index) => (item, $"{PointerTo(member)}/{index}"));
    }

    /// <summary>A list of texts, each once and each accepted by <paramref name="isKnown"/>.</summary>
    public HashSet<string> Texts(string member, Func<string, bool> isKnown, string expected)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (element, pointer) in List(member))
        {
            var text = element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
            if (!isKnown(text))
            {
                _faults.Add(new FieldFault(pointer, "unknown-value", expected));
            }
            else if (!texts.Add(text))
            {
                _faults.Add(new FieldFault(pointer, "duplicate", "It stands in the list twice."));
            }
        }

        return texts;
    }

    private JsonElement? Required(string member)
    {
        var value = Optional(member);
        if (value is null && _isObject)
        {
            Fault(member, "missing", "It is needed.");
        }

        return value;
    }

    private string AsText(string member, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 256 } text)
        {
            return text;
        }

        Fault(member, "kind", "A text of 1 to 256 characters is needed.");
        return "";
    }
}
