using System.Collections.Frozen;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Callers;

/// <summary>Notes what is wrong with the meaning of one entry of the callers file; the file is refused as a whole afterwards.</summary>
/// <param name="Pointer">Where the entry stands.</param>
/// <param name="Faults">Where faults go.</param>
internal readonly record struct EntryFaults(string Pointer, FaultList Faults)
{
    private const int LongestText = 256;

    public EntryFaults At(string member) => new($"{Pointer}/{member}", Faults);

    public EntryFaults At(string list, int index) => new($"{Pointer}/{list}/{index}", Faults);

    public void Add(string member, string code, string message) => Faults.Add($"{Pointer}/{member}", code, message);

    /// <summary>The value; its default after a fault.</summary>
    public T Needed<T>(string member, T? value)
        where T : struct
    {
        NoteMissing(member, value is null);
        return value.GetValueOrDefault();
    }

    /// <summary>The list; an empty one after a fault.</summary>
    public IReadOnlyList<T> Needed<T>(string member, IReadOnlyList<T>? list)
    {
        NoteMissing(member, list is null);
        return list ?? [];
    }

    /// <summary>A text of 1 to 256 characters; empty after a fault.</summary>
    public string Text(string member, string? text)
    {
        NoteMissing(member, text is null);
        return OptionalText(member, text) ?? string.Empty;
    }

    /// <summary>As <see cref="Text"/>, or null when the member is absent.</summary>
    public string? OptionalText(string member, string? text)
    {
        if (text is null or { Length: > 0 and <= LongestText })
        {
            return text;
        }

        Add(member, "length", "A text of 1 to 256 characters is needed.");
        return string.Empty;
    }

    /// <summary>A list of texts, each once and each accepted by <paramref name="isKnown"/>.</summary>
    public FrozenSet<string> Texts(
        string member,
        IReadOnlyList<string>? list,
        Func<string, bool> isKnown,
        string expected
    )
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, text) in Needed(member, list).Index())
        {
            if (!isKnown(text))
            {
                Add($"{member}/{index}", "unknown-value", expected);
            }
            else if (!texts.Add(text))
            {
                Add($"{member}/{index}", "duplicate", "It stands in the list twice.");
            }
        }

        return texts.ToFrozenSet(StringComparer.Ordinal);
    }

    private void NoteMissing(string member, bool isMissing)
    {
        if (isMissing)
        {
            Add(member, "missing", "It is needed.");
        }
    }
}
