using System.Globalization;

namespace Integration.Gateway.Evidence;

/// <summary>
/// The place of an entry in a timeline: by its time; of one moment, records come first, in the order in which they were committed.
/// As text it is the cursor of a page: the caller sends it back as it was given.
/// </summary>
internal sealed record TimelinePlace
{
    private const int LongestText = 128;

    /// <summary>Oldest first.</summary>
    public static readonly IComparer<TimelinePlace> Order = Comparer<TimelinePlace>.Create(Compare);

    private TimelinePlace(DateTimeOffset at) => At = at;

    public DateTimeOffset At { get; }

    /// <summary>Of a record: its position in its chain, from 1; 0 of anything else.</summary>
    public long Sequence { get; private init; }

    /// <summary>Of a record: its chain; empty of anything else.</summary>
    public string Chain { get; private init; } = string.Empty;

    /// <summary>Of anything else: its number among those of the same moment, from 0.</summary>
    public int Index { get; private init; }

    public bool IsOfRecord => Sequence > 0;

    public static TimelinePlace OfRecord(DateTimeOffset at, long sequence, string chain) =>
        new(at) { Sequence = sequence, Chain = chain };

    public static TimelinePlace OfOther(DateTimeOffset at, int index) => new(at) { Index = index };

    /// <summary>Reads a cursor; null: it is none that was given.</summary>
    public static TimelinePlace? Parse(string cursor)
    {
        if (
            cursor.Length > LongestText
            || cursor.Split('_') is not [var time, var position, var last]
            || !Number(time, DateTimeOffset.MaxValue.UtcTicks, out var ticks)
            || !Number(position, long.MaxValue, out var sequence)
        )
        {
            return null;
        }

        var at = new DateTimeOffset(ticks, TimeSpan.Zero);
        if (sequence > 0)
        {
            return last.Length > 0 && last.All(IsOfChain) ? OfRecord(at, sequence, last) : null;
        }

        return Number(last, int.MaxValue, out var index) ? OfOther(at, (int)index) : null;
    }

    /// <summary>Whether it stands before another in a timeline.</summary>
    public bool IsBefore(TimelinePlace other) => Compare(this, other) < 0;

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{At.UtcTicks}_{Sequence}_{(IsOfRecord ? Chain : Index.ToString(CultureInfo.InvariantCulture))}"
        );

    private static int Compare(TimelinePlace one, TimelinePlace other)
    {
        var byTime = one.At.CompareTo(other.At);
        var byKind = other.IsOfRecord.CompareTo(one.IsOfRecord); // records first
        var bySequence = one.Sequence.CompareTo(other.Sequence);
        var byChain = string.CompareOrdinal(one.Chain, other.Chain);
        return byTime != 0 ? byTime
            : byKind != 0 ? byKind
            : bySequence != 0 ? bySequence
            : byChain != 0 ? byChain
            : one.Index.CompareTo(other.Index);
    }

    private static bool Number(string text, long most, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;

    private static bool IsOfChain(char letter) =>
        char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-';
}
