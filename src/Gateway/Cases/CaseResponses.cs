using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases;

/// <summary>A case as callers see it. Pure; clocks are read at the moment of the answer.</summary>
internal static class CaseResponses
{
    public static CaseResponse From(
        Case found,
        IReadOnlyList<TimelineEntry> timeline,
        SlaClock clock,
        DateTimeOffset now
    ) =>
        new()
        {
            CaseId = found.CaseId,
            State = found.State,
            ServiceType = found.ServiceType,
            OpenedAt = ChinaTime.In(found.OpenedAt),
            AcceptedAt = In(found.AcceptedAt),
            ClosedAt = In(found.ClosedAt),
            Clocks = [.. found.Clocks.Select(running => From(running, clock, now))],
            Flags = [.. found.Flags.Select(flag => new CaseFlag(flag.Flag, ChinaTime.In(flag.At), flag.Detail))],
            Timeline = timeline,
        };

    /// <summary>The case after a report: of the timeline only what the report added.</summary>
    public static CaseResponse AfterReport(CaseChange change, CaseActor actor) =>
        From(change.File, [.. change.Facts.Select(fact => EntryOf(fact, actor))], actor.Clock, actor.At) with
        {
            Note = "The timeline shows what this report added.",
        };

    /// <summary>What the client that reported the case by an event may see, given a timeline of its own events.</summary>
    public static CaseResponse PartOf(CaseResponse whole) =>
        whole with
        {
            ServiceType = null,
            Clocks = [.. whole.Clocks.Where(clock => clock.Clock == ClockNames.Acceptance)],
            Flags = [],
        };

    public static ClockResponse From(CaseClock running, SlaClock clock, DateTimeOffset now)
    {
        var isRead = CaseReading.Read(running, clock, now).Succeeded(out var reading, out var missing);
        return new ClockResponse
        {
            Clock = running.Clock,
            Kind = running.Terms?.Kind ?? ClockKind.BusinessMinutes,
            Limit = running.Limit,
            LegalReference = running.LegalReference,
            StartedAt = ChinaTime.In(running.StartedAt),
            DueAt = isRead ? In(reading.DueAt) : null,
            EndedAt = In(running.EndedAt),
            Colour = isRead ? reading.Colour : null,
            UsedMinutes = isRead ? CaseReading.Minutes(reading.Used) : null,
            AllowedMinutes = isRead && reading.Allowed is { } allowed ? CaseReading.Minutes(allowed) : null,
            Note = missing?.Note,
            Stops = [.. running.Stops.Select(From)],
        };
    }

    public static StopResponse From(ClockStop stop) =>
        new()
        {
            StopId = stop.StopId,
            Reason = stop.Reason,
            Evidence = stop.Evidence,
            By = stop.By,
            From = ChinaTime.In(stop.From),
            Until = In(stop.Until),
        };

    private static TimelineEntry EntryOf(CaseFact fact, CaseActor actor)
    {
        var isReported = fact.Subject is FactSubjects.Milestone or FactSubjects.Stop;
        return new TimelineEntry
        {
            At = ChinaTime.In(fact.At),
            Kind = isReported ? fact.Subject : CaseRecord.Clock,
            What = fact.Subject,
            Outcome = fact.Outcome,
            Detail = fact.Detail,
            By = isReported ? actor.By : CaseActor.Gateway,
            EvidenceId = fact.EvidenceId,
        };
    }

    private static DateTimeOffset? In(DateTimeOffset? moment) => moment is { } known ? ChinaTime.In(known) : null;
}
