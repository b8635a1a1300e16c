using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Signatures;

namespace Integration.Gateway.Events.Intake;

/// <summary>A verified event without a fault: what is stored and acted on.</summary>
internal sealed record ReceivedEvent
{
    public required SignedMessage Message { get; init; }

    public required EventSource Source { get; init; }

    /// <summary>The event's own bytes within the message.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Its place in a batch; 0 when it came alone.</summary>
    public int Index { get; init; }

    public required EventInput Input { get; init; }

    public long? Sequence { get; init; }

    /// <summary>The events of this enterprise at this source: a keyed hash, which says nothing about either.</summary>
    public required string StreamId { get; init; }

    /// <summary>The case of this enterprise: the same for all its events.</summary>
    public string CaseId => $"9210-{StreamId[..22]}";

    public override string ToString() => nameof(ReceivedEvent);
}
