using System.Runtime.InteropServices;

namespace Integration.Gateway.Clocks;

/// <summary>A time in which a clock runs; no end: it still does.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClockRun(DateTimeOffset From, DateTimeOffset? Until);

/// <summary>From when to when a clock runs, given its pauses.</summary>
internal static class ClockRuns
{
    /// <summary>Pauses that overlap or touch become one, in order of time; those that are empty or end before they begin stop nothing.</summary>
    public static IReadOnlyList<ClockPause> Merged(IEnumerable<ClockPause> pauses)
    {
        var merged = new List<ClockPause>();
        foreach (var pause in pauses.Where(pause => !(pause.Until <= pause.From)).OrderBy(pause => pause.From))
        {
            if (merged.Count == 0 || pause.From > merged[^1].Until)
            {
                merged.Add(pause);
            }
            else if (merged[^1].Until is { } until && !(pause.Until <= until))
            {
                merged[^1] = merged[^1] with { Until = pause.Until };
            }
        }

        return merged;
    }

    /// <summary>
    /// The runs of a clock as they are known at a moment: a pause that begins later is not known yet, and one that ends
    /// later still lasts. The last run has no end unless the clock stands still.
    /// </summary>
    /// <param name="pauses">In any order.</param>
    /// <param name="startedAt">When the clock started.</param>
    /// <param name="at">The moment, not before the start.</param>
    /// <param name="isOver">The clock ended at that moment, so nothing holds it any more.</param>
    public static IReadOnlyList<ClockRun> From(
        IReadOnlyList<ClockPause> pauses,
        DateTimeOffset startedAt,
        DateTimeOffset at,
        bool isOver
    )
    {
        if (pauses.Count == 0)
        {
            return [new ClockRun(startedAt, null)];
        }

        var runs = new List<ClockRun>();
        var from = startedAt;
        foreach (var pause in Merged(pauses.Where(pause => pause.From <= at)))
        {
            if (pause.From > from)
            {
                runs.Add(new ClockRun(from, pause.From));
            }

            if (pause.Until is { } until && until <= at)
            {
                from = until > from ? until : from;
            }
            else if (isOver)
            {
                from = at;
            }
            else
            {
                return runs;
            }
        }

        runs.Add(new ClockRun(from, null));
        return runs;
    }
}
