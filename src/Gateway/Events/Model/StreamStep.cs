using System.Globalization;
using System.Runtime.InteropServices;

namespace Integration.Gateway.Events.Model;

/// <summary>How far the events of a stream (an enterprise, a property) have come, as one event sees it.</summary>
/// <param name="State">What they have come to.</param>
/// <param name="LastSequence">Highest number that was processed; 0 before the first.</param>
/// <param name="KnownBetween">Numbers between that and the event's own that are in the inbox: dead letters.</param>
/// <param name="IsNumberTaken">Whether another event with the event's own number was processed.</param>
internal readonly record struct StreamPosition(
    StreamState State,
    long LastSequence,
    long KnownBetween = 0,
    bool IsNumberTaken = false
);

/// <summary>What is done with an event now.</summary>
internal abstract record StreamStep
{
    private StreamStep() { }

    /// <summary>It waits for earlier ones, which the source is asked for.</summary>
    public sealed record Wait(DateTimeOffset Until, SequenceGap Missing) : StreamStep;

    /// <summary>It is its turn.</summary>
    /// <param name="Move">What is done.</param>
    /// <param name="Missing">What was waited for in vain; null: nothing.</param>
    /// <param name="Reached">The highest number that the stream has come to with it.</param>
    public sealed record Go(StreamMove Move, SequenceGap? Missing, long Reached) : StreamStep;
}

/// <summary>What an event leads to.</summary>
internal abstract record StreamMove
{
    private StreamMove() { }

    /// <summary>Something is done.</summary>
    public sealed record Do(EventAct Act) : StreamMove;

    /// <summary>It stands on record and has no effect.</summary>
    /// <param name="Result">One of <c>EventResults</c>.</param>
    /// <param name="State">Where the stream stands from now on; null: where it stood.</param>
    public sealed record Record(string Result, StreamState? State = null) : StreamMove;
}

/// <summary>What can be done.</summary>
internal enum EventAct
{
    /// <summary>An application is opened.</summary>
    Open,

    /// <summary>The application is brought in line with what is true now.</summary>
    Change,

    /// <summary>The application is taken back.</summary>
    Withdraw,

    /// <summary>The accounts of a property go over with it: a joint application is opened.</summary>
    Transfer,
}

/// <summary>Numbers that are missing, both included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SequenceGap(long First, long Last)
{
    public override string ToString() =>
        First == Last
            ? First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{First} to {Last}");
}
