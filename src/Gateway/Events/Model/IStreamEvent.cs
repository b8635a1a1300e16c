namespace Integration.Gateway.Events.Model;

/// <summary>What the order of a stream depends on, of one of its events.</summary>
internal interface IStreamEvent
{
    /// <summary>Sorts by the time of receipt.</summary>
    string ReceiptId { get; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    string Type { get; }

    /// <summary>Its number in the stream, from 1; null: the source does not count.</summary>
    long? Sequence { get; }

    DateTimeOffset ReceivedAt { get; }

    /// <summary>Until when it has to be accepted.</summary>
    DateTimeOffset AcceptBy { get; }
}
