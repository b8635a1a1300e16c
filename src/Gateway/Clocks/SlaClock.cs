using Integration.Contracts.V1.Cases;

namespace Integration.Gateway.Clocks;

/// <summary>
/// Reads the clock of a case. Pure but for the calendar in force: terms, start, pauses and moment in, reading out, or the
/// year whose calendar is missing. docs/spec/clocks.md has the definitions.
/// </summary>
internal sealed class SlaClock(LimitClock limits)
{
    /// <summary>When the terms are used up if nothing pauses the clock.</summary>
    public CalendarResult<DateTimeOffset> DueAt(ClockTerms terms, DateTimeOffset startedAt) =>
        terms.Kind switch
        {
            ClockKind.WallMinutes => ChinaTime.In(startedAt.AddMinutes(terms.Amount)),
            ClockKind.BusinessMinutes => limits.DueAfterMinutes(startedAt, terms.Amount),
            _ => limits.DueAt(startedAt, terms.Amount),
        };

    /// <summary>The clock as it stood at a moment: what came later is left out.</summary>
    /// <param name="terms">What it may use up; null: it only measures business time.</param>
    /// <param name="startedAt">When it started.</param>
    /// <param name="pauses">In any order; those that overlap count once, those without a length not at all.</param>
    /// <param name="endedAt">When it ended; null while it runs.</param>
    /// <param name="now">The moment. Before the start nothing is used.</param>
    /// <param name="yellowFromPercent">Share used up from which it is yellow, 1 to 100 (never yellow).</param>
    public CalendarResult<ClockReading> Read(
        ClockTerms? terms,
        DateTimeOffset startedAt,
        IReadOnlyList<ClockPause> pauses,
        DateTimeOffset? endedAt,
        DateTimeOffset now,
        int yellowFromPercent
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(yellowFromPercent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(yellowFromPercent, 100);
        var isOver = endedAt <= now;
        var end = isOver ? endedAt!.Value : now;
        var at = end > startedAt ? end : startedAt;
        var runs = ClockRuns.From(pauses, startedAt, at, isOver);
        var count = new ClockCount(limits.Business, terms?.Kind ?? ClockKind.BusinessMinutes);
        if (!count.Used(runs, at).Succeeded(out var used, out var missing))
        {
            return missing;
        }

        if (terms is null)
        {
            return new ClockReading
            {
                Used = used,
                Colour = ClockColour.Blue,
                IsPaused = IsPaused(runs),
            };
        }

        return Allowed(terms, count, startedAt).Succeeded(out var allowed, out missing)
            ? Judge(new ClockBudget(allowed, yellowFromPercent), used, count, runs, isOver)
            : missing;
    }

    private static CalendarResult<ClockReading> Judge(
        ClockBudget budget,
        TimeSpan used,
        ClockCount count,
        IReadOnlyList<ClockRun> runs,
        bool isOver
    )
    {
        var colour = budget.ColourAt(used);
        var yellowAt = default(DateTimeOffset?);
        if (
            !count.Reached(runs, budget.Allowed).Succeeded(out var dueAt, out var missing)
            || (colour == ClockColour.Blue && !count.Reached(runs, budget.Yellow).Succeeded(out yellowAt, out missing))
        )
        {
            return missing;
        }

        return new ClockReading
        {
            Used = used,
            Allowed = budget.Allowed,
            DueAt = dueAt,
            Colour = colour,
            IsPaused = IsPaused(runs),
            ChangesAt = isOver || colour == ClockColour.Red ? null : yellowAt ?? dueAt,
        };
    }

    private static bool IsPaused(IReadOnlyList<ClockRun> runs) => runs.Count == 0 || runs[^1].Until is not null;

    /// <summary>Time that counts within the terms.</summary>
    private CalendarResult<TimeSpan> Allowed(ClockTerms terms, ClockCount count, DateTimeOffset startedAt)
    {
        if (terms.Kind != ClockKind.WorkingDays)
        {
            return TimeSpan.FromMinutes(terms.Amount);
        }

        return limits.DueAt(count.Business, startedAt, terms.Amount).Succeeded(out var due, out var missing)
            ? count.Between(startedAt, due)
            : missing;
    }
}
