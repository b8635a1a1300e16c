using System.Text.Json.Serialization;
using Integration.Contracts.Problems;

namespace Integration.Contracts.V1.Events;

/// <summary>
/// What a sender gets for a batch of which at least one event is committed, now or before: 202 of <c>POST /v1/events</c>.
/// </summary>
public sealed record EventBatchResponse
{
    /// <summary>One answer for each event, in the order of the batch.</summary>
    public required IReadOnlyList<EventBatchResult> Results { get; init; }
}

/// <summary>What came of one event of a batch: a receipt, or a problem.</summary>
public sealed record EventBatchResult
{
    /// <summary>Its place in the batch, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The receipt, byte for byte as the event would have got alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventReceipt? Receipt { get; init; }

    /// <summary>Why there is none; pointers begin with the place in the batch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Problem? Problem { get; init; }
}
