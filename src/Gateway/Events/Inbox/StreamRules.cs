using Integration.Gateway.Events.Model;

namespace Integration.Gateway.Events.Inbox;

/// <summary>
/// The order of the events of one enterprise, or of one property (docs/spec/event-order.md). Pure: what is done with an event
/// is a function of how far its stream has come, of the event, and of the time.
/// </summary>
internal static class StreamRules
{
    /// <summary>What an event does in its turn, and what one does that comes after a later one was processed.</summary>
    private static readonly Dictionary<(string Type, StreamState State), (StreamMove InTurn, StreamMove Late)> s_table =
        new()
        {
            [(EventTypes.Opened, StreamState.New)] = (Act(EventAct.Open), Act(EventAct.Open)),
            [(EventTypes.Opened, StreamState.Open)] = (Act(EventAct.Change), Late),
            [(EventTypes.Opened, StreamState.Withdrawn)] = (Act(EventAct.Open), Late),
            [(EventTypes.Changed, StreamState.New)] = (Act(EventAct.Open), Late),
            [(EventTypes.Changed, StreamState.Open)] = (Act(EventAct.Change), Late),
            [(EventTypes.Changed, StreamState.Withdrawn)] = (AfterWithdrawal, Late),
            [(EventTypes.IntentChanged, StreamState.New)] = (Act(EventAct.Open), Late),
            [(EventTypes.IntentChanged, StreamState.Open)] = (Act(EventAct.Change), Late),
            [(EventTypes.IntentChanged, StreamState.Withdrawn)] = (AfterWithdrawal, Late),
            [(EventTypes.Withdrawn, StreamState.New)] = (WithdrawnBeforeOpened, Late),
            [(EventTypes.Withdrawn, StreamState.Open)] = (Act(EventAct.Withdraw), Late),
            [(EventTypes.Withdrawn, StreamState.Withdrawn)] = (AfterWithdrawal, Late),
            // A property is sold again and again; who had it before a sale that was processed does not have it any more.
            [(EventTypes.Transferred, StreamState.New)] = (Act(EventAct.Transfer), Late),
            [(EventTypes.Transferred, StreamState.Open)] = (Act(EventAct.Transfer), Late),
            [(EventTypes.Transferred, StreamState.Withdrawn)] = (Act(EventAct.Transfer), Late),
        };

    private static StreamMove Late => new StreamMove.Record(EventResults.Late);

    private static StreamMove AfterWithdrawal => new StreamMove.Record(EventResults.AfterWithdrawal);

    private static StreamMove WithdrawnBeforeOpened =>
        new StreamMove.Record(EventResults.WithdrawnBeforeOpened, StreamState.Withdrawn);

    /// <summary>What is done with an event that is the next of its stream.</summary>
    /// <param name="position">How far the stream has come.</param>
    /// <param name="received">The event.</param>
    /// <param name="now">The time.</param>
    /// <param name="patience">How long a missing event is waited for.</param>
    /// <exception cref="InvalidOperationException">The type has no row in the table; the intake lets none through.</exception>
    public static StreamStep Judge(StreamPosition position, EventRow received, DateTimeOffset now, TimeSpan patience)
    {
        if (!s_table.TryGetValue((received.Type, position.State), out var moves))
        {
            throw new InvalidOperationException("No rule for events of this type.");
        }

        if (received.Sequence <= position.LastSequence)
        {
            return new StreamStep.Go(position.IsNumberTaken ? Late : moves.Late, Missing: null, position.LastSequence);
        }

        var reached = received.Sequence ?? position.LastSequence;
        if (Gap(position, received) is not { } gap)
        {
            return new StreamStep.Go(moves.InTurn, Missing: null, reached);
        }

        if (!SequenceJumps.Follows(reached, position.LastSequence + position.KnownBetween))
        {
            // Received before such numbers were refused: it counts as one without.
            return new StreamStep.Go(moves.InTurn, Missing: null, position.LastSequence);
        }

        var until = WaitsUntil(received, patience);
        return now < until ? new StreamStep.Wait(until, gap) : new StreamStep.Go(moves.InTurn, gap, reached);
    }

    /// <summary>
    /// Until when an event waits for the one before it: the patience, but never past half of the time that was left to accept
    /// it when it came.
    /// </summary>
    public static DateTimeOffset WaitsUntil(EventRow received, TimeSpan patience)
    {
        var half =
            received.AcceptBy > received.ReceivedAt ? (received.AcceptBy - received.ReceivedAt) / 2 : TimeSpan.Zero;
        return received.ReceivedAt + (patience < half ? patience : half);
    }

    /// <summary>Which of the waiting events is next: the lowest number, or the first without one, whichever came first.</summary>
    public static EventRow? Next(EventRow? lowestNumbered, EventRow? firstUnnumbered) =>
        (lowestNumbered, firstUnnumbered) switch
        {
            (null, var other) => other,
            (var other, null) => other,
            var (numbered, unnumbered) => string.CompareOrdinal(numbered.ReceiptId, unnumbered.ReceiptId) < 0
                ? numbered
                : unnumbered,
        };

    /// <summary>The numbers between the last one processed and this one, when one of them is not in the inbox.</summary>
    private static SequenceGap? Gap(StreamPosition position, EventRow received) =>
        received.Sequence is { } sequence && sequence - position.LastSequence - 1 - position.KnownBetween > 0
            ? new SequenceGap(position.LastSequence + 1, sequence - 1)
            : null;

    private static StreamMove Act(EventAct act) => new StreamMove.Do(act);
}
