using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Ports;

/// <summary>A system that sends events and can be asked for those that did not come.</summary>
public interface IEventCatchUp
{
    /// <summary>The agency's name, as in metrics and evidence.</summary>
    string Agency { get; }

    /// <summary>Asks for one page; never throws for what an agency or a network does.</summary>
    Task<AgencyAnswer<MissedEvents>> AskAsync(
        MissedEventsQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>Which events are asked for.</summary>
/// <param name="Source">The CloudEvents <c>source</c>.</param>
/// <param name="Subject">Those of this enterprise or property; null: of all.</param>
/// <param name="AfterSequence">Those of the subject with a higher number.</param>
/// <param name="Since">Those that happened at this time or later.</param>
/// <param name="Cursor">Where the last page ended; null: the first page.</param>
public sealed record MissedEventsQuestion(
    string Source,
    EventSubject? Subject,
    long? AfterSequence,
    DateTimeOffset? Since,
    string? Cursor = null
)
{
    /// <summary>The events of one enterprise or property after a number.</summary>
    public static MissedEventsQuestion Create(string source, EventSubject subject, long afterSequence) =>
        new(source, subject, afterSequence, Since: null);

    /// <summary>All events since a time.</summary>
    public static MissedEventsQuestion All(string source, DateTimeOffset since) =>
        new(source, Subject: null, AfterSequence: null, since);

    /// <inheritdoc />
    public override string ToString() => nameof(MissedEventsQuestion);
}

/// <summary>What the events of a stream are about.</summary>
public abstract record EventSubject
{
    private EventSubject() { }

    /// <inheritdoc />
    public sealed override string ToString() => GetType().Name;

    /// <summary>An enterprise that opens.</summary>
    public sealed record Enterprise(CreditCode Code) : EventSubject;

    /// <summary>A property that goes over, by its unit.</summary>
    public sealed record Unit(UnitNumber Number) : EventSubject;

    /// <summary>A property that goes over, by its certificate, where its unit is not known.</summary>
    public sealed record Certificate(TitleNumber Number) : EventSubject;
}

/// <summary>One page of events.</summary>
/// <param name="Messages">Each a CMS (DER) that carries an event or a batch, as the source would have pushed it; nothing is verified yet.</param>
/// <param name="Next">Where the next page begins; null: this was the last.</param>
public sealed record MissedEvents(IReadOnlyList<byte[]> Messages, string? Next);
