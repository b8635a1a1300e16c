using Integration.Gateway.Evidence;

namespace Integration.Gateway.Tests.Evidence;

/// <summary>Pages of a timeline, as a pure function: every entry once, also when others share its moment.</summary>
public sealed class TimelinePageTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public void Over_all_pages_each_entry_is_there_once_and_in_order(int most)
    {
        var records = Enumerable
            .Range(0, 30)
            .Select(i => (Place: TimelinePlace.OfRecord(Moment(i), i / 2 + 1, i % 2 == 0 ? "a" : "b"), Entry: $"r{i}"))
            .ToList();
        var others = Enumerable.Range(0, 20).Select(i => (At: Moment(2 * i), Entry: $"o{i}")).ToList();

        var all = new List<string>();
        TimelinePlace? before = null;
        do
        {
            var page = TimelinePage<string>.From(
                records
                    .Where(record => before is null || record.Place.IsBefore(before))
                    .OrderByDescending(record => record.Place, TimelinePlace.Order)
                    .Take(most + 1),
                others,
                before,
                most
            );
            Assert.InRange(page.Entries.Count, 1, most);
            all.InsertRange(0, page.Entries);
            before = page.Next is null ? null : TimelinePlace.Parse(page.Next);
        } while (before is not null);

        Assert.Equal(50, all.Count);
        Assert.Equal(50, all.Distinct(StringComparer.Ordinal).Count());
        Assert.True(all.IndexOf("r0") < all.IndexOf("o0")); // of one moment, records first
    }

    [Fact]
    public void A_cursor_reads_back_as_it_was_written()
    {
        TimelinePlace[] places =
        [
            TimelinePlace.OfRecord(s_start, 7, "node-1.a"),
            TimelinePlace.OfOther(s_start.AddTicks(1), 3),
            TimelinePlace.OfOther(s_start, 0),
        ];

        Assert.All(places, place => Assert.Equal(place, TimelinePlace.Parse(place.ToString())));
    }

    /// <summary>Ten entries share a moment.</summary>
    private static DateTimeOffset Moment(int index) => s_start.AddMinutes(index / 10);
}
