using Integration.Gateway.Events.Model;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;
using Integration.Gateway.Signatures;

namespace Integration.Gateway.Events.Inbox;

/// <summary>One verified and granted delivery with its events.</summary>
internal sealed record DeliveredEvents
{
    public required SignedMessage Message { get; init; }

    public required EventSource Source { get; init; }

    public required EventGrants Grants { get; init; }

    public required ReadMessage Content { get; init; }

    public required PolicyEdition Policy { get; init; }

    /// <summary>Until when what comes for the first time has to be accepted; or why that cannot be told.</summary>
    public required Result<DateTimeOffset> AcceptBy { get; init; }

    /// <summary>When it entered (电子签名法 Art. 11).</summary>
    public required DateTimeOffset At { get; init; }

    public override string ToString() => nameof(DeliveredEvents);
}
