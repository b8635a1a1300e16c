using CsCheck;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Protection;

namespace Integration.Gateway.Tests.Events;

/// <summary>Every cell of the table in docs/spec/event-order.md, and what holds for every order of arrival.</summary>
public sealed class StreamRulesTests
{
    private static readonly DateTimeOffset s_received = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);
    private static readonly string[] s_types =
    [
        EventTypes.Opened,
        EventTypes.Changed,
        EventTypes.IntentChanged,
        EventTypes.Withdrawn,
    ];

    [Theory]
    [InlineData("opened", nameof(StreamState.New), "open")]
    [InlineData("opened", nameof(StreamState.Open), "change")]
    [InlineData("opened", nameof(StreamState.Withdrawn), "open")]
    [InlineData("changed", nameof(StreamState.New), "open")]
    [InlineData("changed", nameof(StreamState.Open), "change")]
    [InlineData("changed", nameof(StreamState.Withdrawn), "after-withdrawal")]
    [InlineData("intent-changed", nameof(StreamState.New), "open")]
    [InlineData("intent-changed", nameof(StreamState.Open), "change")]
    [InlineData("intent-changed", nameof(StreamState.Withdrawn), "after-withdrawal")]
    [InlineData("withdrawn", nameof(StreamState.New), "withdrawn-before-opened")]
    [InlineData("withdrawn", nameof(StreamState.Open), "withdraw")]
    [InlineData("withdrawn", nameof(StreamState.Withdrawn), "after-withdrawal")]
    [InlineData(EventTypes.Transferred, nameof(StreamState.New), "transfer")]
    [InlineData(EventTypes.Transferred, nameof(StreamState.Open), "transfer")]
    [InlineData(EventTypes.Transferred, nameof(StreamState.Withdrawn), "transfer")]
    public void In_its_turn(string type, string state, string expected)
    {
        var from = Enum.Parse<StreamState>(state);
        Assert.Equal(expected, Go(new StreamPosition(from, 4), Row(type, 5)));
        Assert.Equal(expected, Go(new StreamPosition(from, 4), Row(type, sequence: null)));
    }

    [Theory]
    [InlineData("opened", nameof(StreamState.New), "open")]
    [InlineData("opened", nameof(StreamState.Open), "late")]
    [InlineData("opened", nameof(StreamState.Withdrawn), "late")]
    [InlineData("changed", nameof(StreamState.New), "late")]
    [InlineData("changed", nameof(StreamState.Open), "late")]
    [InlineData("changed", nameof(StreamState.Withdrawn), "late")]
    [InlineData("intent-changed", nameof(StreamState.New), "late")]
    [InlineData("intent-changed", nameof(StreamState.Open), "late")]
    [InlineData("intent-changed", nameof(StreamState.Withdrawn), "late")]
    [InlineData("withdrawn", nameof(StreamState.New), "late")]
    [InlineData("withdrawn", nameof(StreamState.Open), "late")]
    [InlineData("withdrawn", nameof(StreamState.Withdrawn), "late")]
    [InlineData(EventTypes.Transferred, nameof(StreamState.New), "late")]
    [InlineData(EventTypes.Transferred, nameof(StreamState.Open), "late")]
    [InlineData(EventTypes.Transferred, nameof(StreamState.Withdrawn), "late")]
    public void After_a_later_one(string type, string state, string expected)
    {
        var from = Enum.Parse<StreamState>(state);
        Assert.Equal(expected, Go(new StreamPosition(from, 4), Row(type, 3)));
        Assert.Equal("late", Go(new StreamPosition(from, 4, IsNumberTaken: true), Row(type, 4)));
    }

    [Theory]
    [InlineData(120, 15)]
    [InlineData(20, 10)]
    [InlineData(0, 0)]
    [InlineData(-5, 0)]
    public void A_gap_is_waited_for_but_not_past_half_of_the_time_left(int minutesLeft, int waitsMinutes)
    {
        var row = Row("changed", 3, minutesLeft);
        var until = s_received.AddMinutes(waitsMinutes);
        var position = new StreamPosition(StreamState.Open, 1);

        Assert.Equal(until, StreamRules.WaitsUntil(row, s_patience));
        var over = StreamRules.Judge(position, row, until, s_patience);
        Assert.Equal(new SequenceGap(2, 2), Assert.IsType<StreamStep.Go>(over).Missing);
        if (waitsMinutes > 0)
        {
            var before = StreamRules.Judge(position, row, until.AddTicks(-1), s_patience);
            Assert.Equal(new StreamStep.Wait(until, new SequenceGap(2, 2)), before);
        }
    }

    [Fact]
    public void Every_type_has_a_result_wherever_its_stream_stands()
    {
        foreach (var type in EventTypes.All)
        {
            Assert.All(Enum.GetValues<StreamState>(), state => Judge(new StreamPosition(state, 4), Row(type, 5)));
        }
    }

    [Theory]
    [InlineData(105, false)]
    [InlineData(106, true)]
    [InlineData(999_999_999_999_999_999, true)]
    public void A_number_far_ahead_counts_as_none(long number, bool isFar)
    {
        var step = Judge(new StreamPosition(StreamState.Open, 4), Row("changed", number));

        if (isFar)
        {
            Assert.Equal((null, 4), (Assert.IsType<StreamStep.Go>(step).Missing, ((StreamStep.Go)step).Reached));
        }
        else
        {
            Assert.IsType<StreamStep.Wait>(step);
        }
    }

    [Theory]
    [InlineData(new long[] { 1, 2, 3 }, 3, 3)]
    [InlineData(new long[] { 1, 2, 999_999 }, 999_999, 2)]
    [InlineData(new long[] { 1, 2, 100, 101 }, 101, 101)]
    [InlineData(new long[] { 5_000, 5_001 }, 5_001, 5_001)]
    [InlineData(new long[] { 1, 2 }, 999_999, 2)]
    [InlineData(new long[] { }, 999_999, 999_999)]
    public void A_stream_has_come_as_far_as_can_be_believed(long[] processed, long last, long believed) =>
        Assert.Equal(believed, SequenceJumps.Believed(processed, last));

    [Theory]
    [InlineData(new long[] { }, new long[] { 1, 101 }, new long[] { })]
    [InlineData(new long[] { }, new long[] { 102 }, new long[] { 102 })]
    [InlineData(new long[] { 1 }, new long[] { 102, 203, 305 }, new long[] { 305 })]
    [InlineData(new long[] { 1 }, new long[] { 1_000, 1_001 }, new long[] { 1_000, 1_001 })]
    [InlineData(new long[] { 1, 999_999 }, new long[] { 2, 500 }, new long[] { 500 })]
    [InlineData(new long[] { 4_999 }, new long[] { 5_000 }, new long[] { })]
    public void What_follows_no_number_is_too_far_ahead(long[] known, long[] delivered, long[] refused) =>
        Assert.Equal(
            refused,
            SequenceJumps.In(known, delivered.Select(Received)).Select(received => received.Sequence!.Value)
        );

    private static ReceivedEvent Received(long sequence) =>
        new()
        {
            Input = new Contracts.V1.Events.EventInput(),
            Sequence = sequence,
            StreamId = "s",
        };

    [Fact]
    public void A_number_that_is_a_dead_letter_is_not_missing()
    {
        var row = Row("changed", 4);
        Assert.IsType<StreamStep.Wait>(Judge(new StreamPosition(StreamState.Open, 1, KnownBetween: 1), row));
        var go = Assert.IsType<StreamStep.Go>(Judge(new StreamPosition(StreamState.Open, 1, KnownBetween: 2), row));
        Assert.Null(go.Missing);
    }

    [Fact]
    public void The_first_of_an_enterprise_has_the_number_one()
    {
        Assert.IsType<StreamStep.Go>(Judge(default, Row("opened", 1)));
        var wait = Assert.IsType<StreamStep.Wait>(Judge(default, Row("withdrawn", 2)));
        Assert.Equal("1", wait.Missing.ToString());
    }

    [Fact]
    public void A_type_that_is_not_in_the_table_is_a_fault() =>
        Assert.Throws<InvalidOperationException>(() => Judge(default, Row("closed", 1)));

    [Fact]
    public void Next_is_the_lowest_number_or_the_first_without_one_whichever_came_first()
    {
        var (first, second) = (Row("opened", 7), Row("opened", sequence: null));
        Assert.Same(first, StreamRules.Next(first, second));
        Assert.Same(first, StreamRules.Next(second, first));
        Assert.Same(first, StreamRules.Next(first, firstUnnumbered: null));
        Assert.Same(second, StreamRules.Next(lowestNumbered: null, second));
        Assert.Null(StreamRules.Next(lowestNumbered: null, firstUnnumbered: null));
    }

    [Fact]
    public void In_whatever_order_they_come_they_are_processed_in_order_and_come_to_the_same()
    {
        var types = Gen.Int[0, s_types.Length - 1].Select(i => s_types[i]).Array[1, 7];
        var arrivals = types.SelectMany(
            all => Gen.Shuffle(Enumerable.Range(0, all.Length).ToArray()),
            (all, order) => (all, order)
        );
        arrivals.Sample(arrival =>
        {
            var inOrder = new Stream();
            var mixed = new Stream();
            foreach (var index in Enumerable.Range(0, arrival.all.Length))
            {
                inOrder.Comes(arrival.all[index], index + 1);
                mixed.Comes(arrival.all[arrival.order[index]], arrival.order[index] + 1);
            }

            return mixed.Processed.SequenceEqual(inOrder.Processed)
                && mixed.State == inOrder.State
                && mixed.Processed.Count == arrival.all.Length;
        });
    }

    [Fact]
    public void Whatever_comes_again_changes_nothing()
    {
        var numbers = Gen.Int[1, 6].Array[1, 30];
        Gen.Select(numbers, Gen.Int[0, s_types.Length - 1].Select(i => s_types[i]))
            .Sample(
                (all, type) =>
                {
                    var stream = new Stream();
                    foreach (var number in all)
                    {
                        stream.Comes(type, number);
                    }

                    var acted = stream.Processed.Where(done => done.Result != "late").Select(done => done.Sequence);
                    return acted.Distinct().Count() == acted.Count();
                }
            );
    }

    private static StreamStep Judge(StreamPosition position, EventRow row) =>
        StreamRules.Judge(position, row, s_received, s_patience);

    private static string Go(StreamPosition position, EventRow row) =>
        NameOf(Assert.IsType<StreamStep.Go>(Judge(position, row)).Move);

    private static string NameOf(StreamMove move) =>
        move switch
        {
            StreamMove.Do { Act: EventAct.Open } => "open",
            StreamMove.Do { Act: EventAct.Change } => "change",
            StreamMove.Do { Act: EventAct.Transfer } => "transfer",
            StreamMove.Do => "withdraw",
            StreamMove.Record record => record.Result,
            _ => throw new InvalidOperationException(),
        };

    private static int s_rows;

    private static EventRow Row(string type, long? sequence, int minutesLeft = 120) =>
        new()
        {
            ReceiptId = FormattableString.Invariant($"evr_{Interlocked.Increment(ref s_rows):00000000}"),
            Source = "municipal-9210",
            EventId = "E",
            Digest = ProtectedText.FromCiphertext([]),
            Type = type.Contains('.', StringComparison.Ordinal) ? type : $"enterprise.{type}",
            Sequence = sequence,
            StreamId = "s",
            CaseId = "c",
            Client = "municipal",
            HappenedAt = s_received,
            ReceivedAt = s_received,
            AcceptBy = s_received.AddMinutes(minutesLeft),
            NextAttemptAt = s_received,
            History = "[]",
        };

    /// <summary>The rules with an inbox of their own, in a time that stands still.</summary>
    private sealed class Stream
    {
        private readonly List<EventRow> _waiting = [];
        private long _last;

        public StreamState State { get; private set; }

        public List<(long Sequence, string Result)> Processed { get; } = [];

        public void Comes(string type, long sequence)
        {
            _waiting.Add(Row(type, sequence));
            while (
                StreamRules.Next(_waiting.MinBy(row => row.Sequence), firstUnnumbered: null) is { } next
                && Judge(Position(next), next) is StreamStep.Go go
            )
            {
                _waiting.Remove(next);
                State = go.Move switch
                {
                    StreamMove.Do { Act: EventAct.Withdraw } => StreamState.Withdrawn,
                    StreamMove.Do => StreamState.Open,
                    StreamMove.Record record => record.State ?? State,
                    _ => State,
                };
                _last = Math.Max(_last, next.Sequence!.Value);
                Processed.Add((next.Sequence.Value, NameOf(go.Move)));
            }
        }

        private StreamPosition Position(EventRow row) =>
            new(State, _last, KnownBetween: 0, Processed.Any(done => done.Sequence == row.Sequence));
    }
}
