namespace Integration.Gateway.Events.Processing;

/// <summary>How the turn of an event ended.</summary>
internal abstract record EventOutcome
{
    private EventOutcome() { }

    /// <summary>It is processed, or its failure is counted: the next event of the stream is looked for.</summary>
    public sealed record Completed : EventOutcome;

    /// <summary>Another node, or an operator, changed it meanwhile: it is read and judged again.</summary>
    public sealed record Conflicted : EventOutcome;

    /// <summary>It and those after it are not looked at before this moment.</summary>
    public sealed record Deferred(DateTimeOffset Until) : EventOutcome;

    /// <summary>Database or evidence are unavailable: that is not the event's fault, and everything waits.</summary>
    public sealed record Unavailable : EventOutcome;
}
