using Integration.Contracts.V1.Events;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Model;

/// <summary>A verified message, taken apart.</summary>
/// <param name="IsBatch">Whether it is an array, even of one event; the answer is of the same form.</param>
/// <param name="Events">In the order in which they were sent; at least one.</param>
internal sealed record ReadMessage(bool IsBatch, IReadOnlyList<ReadEvent> Events)
{
    public override string ToString() => nameof(ReadMessage);
}

/// <summary>What a sender is told of each event of a delivery.</summary>
internal sealed record DeliveryOutcome(bool IsBatch, IReadOnlyList<Result<EventReceipt>> Results);

/// <summary>One event of a verified message, whether it can be understood or not.</summary>
/// <param name="Index">Its place in a batch; 0 when it came alone.</param>
/// <param name="Digest">SHA-256 of its own bytes.</param>
/// <param name="EventId">Its id, when it has a sound one and names the source that signed; else null.</param>
/// <param name="Content">What it says, or why that cannot be used.</param>
internal sealed record ReadEvent(int Index, byte[] Digest, string? EventId, Result<ReceivedEvent> Content)
{
    public override string ToString() => nameof(ReadEvent);
}

/// <summary>An event of a verified message without a fault: what is stored and acted on.</summary>
internal sealed record ReceivedEvent
{
    public required EventInput Input { get; init; }

    public long? Sequence { get; init; }

    /// <summary>The events of this enterprise, or property, at this source: a keyed hash, which says nothing about either.</summary>
    public required string StreamId { get; init; }

    /// <summary>The case of this enterprise, or property: the same for all its events.</summary>
    public string CaseId => $"{(Input.Type == EventTypes.Transferred ? "transfer" : "9210")}-{StreamId[..22]}";

    /// <summary>Whether no utility is ticked where an enterprise opens or a property goes over, so that nothing more than a receipt is kept.</summary>
    public bool WantsNothing =>
        Input.Type switch
        {
            EventTypes.Opened => !EventTypes.WantsAny(Input.Data?.Utilities),
            EventTypes.Transferred => Input.Data?.Transfer?.Utilities is null or [],
            _ => false,
        };

    public override string ToString() => nameof(ReceivedEvent);
}
