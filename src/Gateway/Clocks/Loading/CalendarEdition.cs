using System.Collections.Frozen;
using System.Text.Json;

namespace Integration.Gateway.Clocks.Loading;

/// <summary>
/// The calendars in force on this node from one moment to the next change. Immutable; a timer that waits for a year that is
/// missing waits for <see cref="Replaced"/> and asks the cache for the next edition.
/// </summary>
internal sealed class CalendarEdition
{
    private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IReadOnlyList<GivenYear> _given;

    /// <summary>Puts the years together.</summary>
    /// <param name="version">1 at the start of the process, one more with each change.</param>
    /// <param name="given">What came with the gateway or its folder.</param>
    /// <param name="rows">What operators loaded; it comes first.</param>
    public CalendarEdition(int version, IReadOnlyList<GivenYear> given, IReadOnlyList<CalendarRow> rows)
    {
        Version = version;
        _given = given;
        Rows = rows.ToFrozenDictionary(row => row.Year);
        Years =
        [
            .. rows.Select(row => new GivenYear(DaysOf(row), CalendarSource.Notice))
                .UnionBy(given, year => year.Calendar.Year)
                .OrderBy(year => year.Calendar.Year),
        ];
        Calendar = new WorkingCalendar(Years.Select(year => year.Calendar));
    }

    /// <summary>Counts the changes on this node.</summary>
    public int Version { get; }

    public WorkingCalendar Calendar { get; }

    /// <summary>Every year that can be counted in, in order.</summary>
    public IReadOnlyList<GivenYear> Years { get; }

    /// <summary>By year: what operators loaded.</summary>
    public IReadOnlyDictionary<int, CalendarRow> Rows { get; }

    /// <summary>Completes when another edition is in force.</summary>
    public Task Replaced => _replaced.Task;

    /// <summary>The edition after this one, or this one when these rows are the same.</summary>
    public CalendarEdition With(IReadOnlyList<CalendarRow> rows) =>
        rows.Count == Rows.Count && rows.All(row => Rows.TryGetValue(row.Year, out var known) && IsSame(row, known))
            ? this
            : new CalendarEdition(Version + 1, _given, rows);

    public void BeReplaced() => _replaced.TrySetResult();

    private static bool IsSame(CalendarRow one, CalendarRow other) =>
        (one.LoadedAt, one.Notice, one.Days) == (other.LoadedAt, other.Notice, other.Days);

    private static CalendarYear DaysOf(CalendarRow row) =>
        JsonSerializer.Deserialize(row.Days, CalendarJson.Default.CalendarYear)
        ?? throw new InvalidOperationException($"The stored calendar of {row.Year} is the JSON null.");
}

/// <summary>A year and where it comes from.</summary>
internal sealed record GivenYear(CalendarYear Calendar, CalendarSource Source);

/// <summary>Where a calendar comes from.</summary>
internal enum CalendarSource
{
    /// <summary>With the gateway.</summary>
    BuiltIn,

    /// <summary>The folder in the settings.</summary>
    Folder,

    /// <summary>A notice that operators loaded while the gateway ran.</summary>
    Notice,
}
