using Integration.Contracts.V1.Events;
using Integration.Gateway.Callers;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Processing;

/// <summary>One event whose turn it is: its rows as they were judged, and what it says once it was opened.</summary>
internal sealed record EventContext
{
    private readonly EventInput? _input;

    public required EventRow Row { get; init; }

    /// <summary>The office that the event's source names; null: operators took the source out of the settings.</summary>
    public required string? Office { get; init; }

    /// <summary>How far the events of its stream have come; null: this is the first.</summary>
    public StreamRow? Stream { get; init; }

    /// <summary>What was waited for in vain; null: nothing.</summary>
    public SequenceGap? Missing { get; init; }

    /// <summary>The highest number that the stream has come to with it.</summary>
    public long Reached { get; init; }

    /// <summary>What it says.</summary>
    /// <exception cref="InvalidOperationException">It was not opened: only what is acted on is.</exception>
    public EventInput Input
    {
        get => _input ?? throw new InvalidOperationException("An event that is not acted on is not opened.");
        init => _input = value;
    }

    /// <summary>Whose record it is: the office's, or else that of the client that delivered it.</summary>
    public string CaseOwner => Office ?? Row.Client;

    /// <summary>The office as a caller; no person waits for what is asked for it.</summary>
    public Result<CallerContext> ActingOffice(CallersSnapshot callers) =>
        Office is { } name && callers.Find(name) is { } office
            ? new CallerContext(office.Caller, callers)
            : Refusal.NotGranted("Rule client: the office of the source is not a client.");

    public override string ToString() => $"event {Row.ReceiptId}";
}
