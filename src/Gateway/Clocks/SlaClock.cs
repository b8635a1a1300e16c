using Integration.Contracts.V1.Cases;

namespace Integration.Gateway.Clocks;

/// <summary>
/// Reads the clock of a case. Pure: terms, start, pauses and moment in, reading out, or the year whose calendar is missing.
/// </summary>
internal sealed class SlaClock(LimitClock limits)
{
    /// <summary>When the terms are used up if nothing pauses the clock.</summary>
    public Reckoned<DateTimeOffset> DueAt(ClockTerms terms, DateTimeOffset startedAt) =>
        terms.Kind switch
        {
            ClockKind.WallMinutes => ChinaTime.In(startedAt.AddMinutes(terms.Amount)),
            ClockKind.BusinessMinutes => limits.DueAfterMinutes(startedAt, terms.Amount),
            _ => limits.DueAt(startedAt, terms.Amount),
        };

    /// <summary>The clock at a moment.</summary>
    /// <param name="terms">What it may use up; null: it only measures.</param>
    /// <param name="startedAt">When it started.</param>
    /// <param name="pauses">In any order; those that overlap count once.</param>
    /// <param name="endedAt">When it ended; null while it runs.</param>
    /// <param name="now">The moment.</param>
    /// <param name="yellowFromPercent">Share used up from which it is yellow, 1 to 99.</param>
    public Reckoned<ClockReading> Read(
        ClockTerms? terms,
        DateTimeOffset startedAt,
        IReadOnlyList<ClockPause> pauses,
        DateTimeOffset? endedAt,
        DateTimeOffset now,
        int yellowFromPercent
    )
    {
        _ = pauses;
        _ = yellowFromPercent;
        if (terms is null)
        {
            return new ClockReading { Used = (endedAt ?? now) - startedAt, Colour = ClockColour.Blue };
        }

        if (!DueAt(terms, startedAt).Succeeded(out var due, out var missing))
        {
            return missing;
        }

        return new ClockReading
        {
            Used = (endedAt ?? now) - startedAt,
            Allowed = due - startedAt,
            DueAt = due,
            Colour = (endedAt ?? now) >= due ? ClockColour.Red : ClockColour.Blue,
            ChangesAt = now < due ? due : null,
        };
    }
}
