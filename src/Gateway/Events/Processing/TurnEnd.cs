namespace Integration.Gateway.Events.Processing;

/// <summary>How an event's turn ended.</summary>
internal abstract record TurnEnd
{
    private TurnEnd() { }

    /// <summary>It is processed, or it was put off: the next of the stream is looked for.</summary>
    public sealed record Over : TurnEnd;

    /// <summary>Somebody else changed it: it is judged again.</summary>
    public sealed record Overtaken : TurnEnd;

    /// <summary>It and those after it rest until then.</summary>
    public sealed record Rests(DateTimeOffset Until) : TurnEnd;

    /// <summary>Database or evidence are unavailable: that is not the event's fault, and everything waits.</summary>
    public sealed record Interrupted : TurnEnd;
}
