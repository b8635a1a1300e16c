using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Clocks;

/// <summary>One year as announced: the days that differ from an ordinary week.</summary>
internal sealed record CalendarYear(int Year, IReadOnlyList<CalendarDay> Days);

/// <summary>A day off, or (<see cref="IsOffDay"/> false) a make-up working day.</summary>
internal sealed record CalendarDay(string Name, DateOnly Date, bool IsOffDay);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(CalendarYear))]
internal sealed partial class CalendarJson : JsonSerializerContext;

/// <summary>Reads calendars: those that come with the gateway, and the operator's own, which come first.</summary>
internal static class CalendarFiles
{
    private const string Prefix = "Integration.Gateway.Clocks.Data.";

    public static IEnumerable<CalendarYear> Embedded() =>
        EmbeddedText
            .Names(Prefix)
            .Select(name => JsonSerializer.Deserialize(EmbeddedText.Read(name), CalendarJson.Default.CalendarYear)!);

    /// <summary>Every <c>YYYY.json</c> of a folder; each fault is named with its file.</summary>
    public static IReadOnlyList<CalendarYear> In(string? folder, ICollection<string> faults)
    {
        var years = new List<CalendarYear>();
        if (folder is null)
        {
            return years;
        }

        if (!Directory.Exists(folder))
        {
            faults.Add($"{folder}: there is no such folder.");
            return years;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (Read(file, faults) is { } year)
            {
                years.Add(year);
            }
        }

        return years;
    }

    private static CalendarYear? Read(string file, ICollection<string> faults)
    {
        var name = Path.GetFileName(file);
        CalendarYear year;
        try
        {
            year = JsonSerializer.Deserialize(File.ReadAllBytes(file), CalendarJson.Default.CalendarYear)!;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            faults.Add($"{name}: cannot be read as a calendar ({exception.GetType().Name}).");
            return null;
        }

        var before = faults.Count;
        if (Path.GetFileNameWithoutExtension(file) != $"{year.Year}")
        {
            faults.Add($"{name}: says that it is the year {year.Year}.");
        }

        foreach (var day in year.Days.Where(day => Math.Abs(day.Date.Year - year.Year) > 1))
        {
            faults.Add($"{name}: {day.Date:yyyy-MM-dd} is far from the year.");
        }

        foreach (var day in year.Days.CountBy(day => day.Date).Where(day => day.Value > 1))
        {
            faults.Add($"{name}: {day.Key:yyyy-MM-dd} stands twice.");
        }

        return faults.Count == before ? year : null;
    }
}
