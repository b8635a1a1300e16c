using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases;

/// <summary>A case as callers see it. Pure; clocks are read at the moment of the answer.</summary>
internal static class CaseAnswers
{
    public static CaseAnswer Of(
        CaseFile file,
        IReadOnlyList<TimelineEntry> timeline,
        SlaClock clock,
        DateTimeOffset now
    ) =>
        new()
        {
            CaseId = file.CaseId,
            State = file.State,
            ServiceType = file.ServiceType,
            OpenedAt = ChinaTime.In(file.OpenedAt),
            AcceptedAt = In(file.AcceptedAt),
            ClosedAt = In(file.ClosedAt),
            Clocks = [.. file.Clocks.Select(running => Of(running, clock, now))],
            Flags = [.. file.Flags.Select(flag => flag with { At = ChinaTime.In(flag.At) })],
            Timeline = timeline,
        };

    /// <summary>The case after a report: of the timeline only what the report added.</summary>
    public static CaseAnswer AfterReport(CaseChange change, CaseActor actor) =>
        Of(change.File, [.. change.Facts.Select(fact => EntryOf(fact, actor))], actor.Clock, actor.At) with
        {
            Note = "The timeline shows what this report added.",
        };

    /// <summary>What the client that reported the case by an event may see, given a timeline of its own events.</summary>
    public static CaseAnswer PartOf(CaseAnswer whole) =>
        whole with
        {
            ServiceType = null,
            Clocks = [.. whole.Clocks.Where(clock => clock.Clock == ClockNames.Acceptance)],
            Flags = [],
        };

    public static ClockAnswer Of(CaseClock running, SlaClock clock, DateTimeOffset now)
    {
        var isRead = CaseReading.Of(running, clock, now).Succeeded(out var reading, out var missing);
        return new ClockAnswer
        {
            Clock = running.Clock,
            Kind = running.Terms?.Kind ?? ClockKind.BusinessMinutes,
            Limit = running.Limit,
            LegalReference = running.LegalReference,
            StartedAt = ChinaTime.In(running.StartedAt),
            DueAt = isRead ? In(reading.DueAt) : null,
            EndedAt = In(running.EndedAt),
            Colour = isRead ? reading.Colour : null,
            UsedMinutes = isRead ? Minutes(reading.Used) : null,
            AllowedMinutes = isRead && reading.Allowed is { } allowed ? Minutes(allowed) : null,
            Note = missing?.Note,
            Stops = [.. running.Stops.Select(Of)],
        };
    }

    public static StopAnswer Of(ClockStop stop) =>
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

    public static decimal Minutes(TimeSpan time) => decimal.Round((decimal)time.Ticks / TimeSpan.TicksPerMinute, 2);

    private static DateTimeOffset? In(DateTimeOffset? moment) => moment is { } known ? ChinaTime.In(known) : null;
}
