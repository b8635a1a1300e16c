using System.Diagnostics.CodeAnalysis;

namespace Integration.Gateway.Clocks;

/// <summary>The calendar of this year is not there, so nothing in it can be counted.</summary>
internal sealed record MissingYear(int Year)
{
    /// <summary>For an answer or an operator.</summary>
    public string Note => $"The State Council's calendar of {Year} is not loaded, so no due time can be computed.";
}

/// <summary>What a clock says: a value, or the year whose calendar it would need.</summary>
internal readonly record struct CalendarResult<T>
{
    private readonly T _value;
    private readonly MissingYear? _missing;

    private CalendarResult(T value, MissingYear? missing) => (_value, _missing) = (value, missing);

    public static implicit operator CalendarResult<T>(T value) => new(value, missing: null);

    public static implicit operator CalendarResult<T>(MissingYear missing) => new(default!, missing);

    public bool Succeeded(out T value, [NotNullWhen(false)] out MissingYear? missing)
    {
        (value, missing) = (_value, _missing);
        return missing is null;
    }
}
