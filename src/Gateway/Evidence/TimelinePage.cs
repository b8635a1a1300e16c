namespace Integration.Gateway.Evidence;

/// <summary>The newest entries of a timeline before a place. Pure.</summary>
/// <param name="Entries">Oldest first.</param>
/// <param name="Next">The cursor of the page with the entries before these; null: there are none.</param>
internal sealed record TimelinePage<T>(IReadOnlyList<T> Entries, string? Next)
{
    /// <summary>Lays records and other entries together; over all pages each is there once.</summary>
    /// <param name="records">The newest records before the place, one more than fits if there are so many.</param>
    /// <param name="others">Every other entry; those of one moment always in the same order.</param>
    /// <param name="before">The place; null: the end.</param>
    /// <param name="most">So many at most.</param>
    public static TimelinePage<T> From(
        IEnumerable<(TimelinePlace Place, T Entry)> records,
        IEnumerable<(DateTimeOffset At, T Entry)> others,
        TimelinePlace? before,
        int most
    )
    {
        var placed = others
            .GroupBy(other => other.At.UtcTicks)
            .SelectMany(moment =>
                moment.Select((other, index) => (Place: TimelinePlace.OfOther(other.At, index), other.Entry))
            )
            .Where(other => before is null || other.Place.IsBefore(before));
        var newest = records
            .Concat(placed)
            .OrderByDescending(entry => entry.Place, TimelinePlace.Order)
            .Take(most + 1)
            .ToList();
        var page = newest.Take(most).Reverse().ToList();
        return new TimelinePage<T>(
            [.. page.Select(entry => entry.Entry)],
            newest.Count > most ? page[0].Place.ToString() : null
        );
    }
}
