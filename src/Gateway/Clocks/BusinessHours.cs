using System.Globalization;

namespace Integration.Gateway.Clocks;

/// <summary>One span of hours on a working day; the end is not part of it.</summary>
internal sealed record HourSpan(TimeOnly From, TimeOnly Until);

/// <summary>The hours of a hall on a working day, in order and apart from one another.</summary>
internal sealed class BusinessHours
{
    private BusinessHours(IReadOnlyList<HourSpan> spans)
    {
        Spans = spans;
        Length = spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.Until - span.From));
    }

    public IReadOnlyList<HourSpan> Spans { get; }

    /// <summary>When a working day ends.</summary>
    public TimeOnly End => Spans[^1].Until;

    /// <summary>Business time of one working day.</summary>
    public TimeSpan Length { get; }

    /// <summary>Business time of a working day that lies before a time of that day.</summary>
    public TimeSpan Before(TimeSpan timeOfDay)
    {
        var sum = TimeSpan.Zero;
        foreach (var span in Spans)
        {
            var from = span.From.ToTimeSpan();
            if (timeOfDay <= from)
            {
                break;
            }

            var until = span.Until.ToTimeSpan();
            sum += (timeOfDay < until ? timeOfDay : until) - from;
        }

        return sum;
    }

    /// <summary>The first time of day at which so much business time has passed.</summary>
    /// <param name="amount">More than nothing, at most <see cref="Length"/>.</param>
    public TimeOnly Reach(TimeSpan amount)
    {
        foreach (var span in Spans)
        {
            var length = span.Until - span.From;
            if (amount <= length)
            {
                return span.From.Add(amount);
            }

            amount -= length;
        }

        return End;
    }

    /// <summary>Reads spans like <c>08:30-12:00</c>; null and at least one fault when they cannot be hours.</summary>
    public static BusinessHours? Parse(IReadOnlyList<string> texts, ICollection<string> faults)
    {
        var before = faults.Count;
        var spans = new List<HourSpan>(texts.Count);
        foreach (var text in texts)
        {
            if (ParseSpan(text) is not { } span)
            {
                faults.Add($"\"{text}\" is not a span like 08:30-12:00.");
            }
            else if (spans.Count > 0 && span.From < spans[^1].Until)
            {
                faults.Add($"\"{text}\" starts before the span in front of it ends.");
            }
            else
            {
                spans.Add(span);
            }
        }

        if (texts.Count == 0)
        {
            faults.Add("at least one span of hours is needed.");
        }

        return faults.Count == before ? new BusinessHours(spans) : null;
    }

    private static HourSpan? ParseSpan(string text) =>
        text.Split('-') is [var from, var until]
        && TryTime(from, out var first)
        && TryTime(until, out var last)
        && first < last
            ? new HourSpan(first, last)
            : null;

    private static bool TryTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
