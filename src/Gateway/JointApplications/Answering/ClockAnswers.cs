using System.Globalization;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Timing;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Answering;

/// <summary>The clocks of a joint application as callers see them: read at the moment of the answer. Pure.</summary>
internal sealed class ClockAnswers(JointFile file, SlaClock clock, DateTimeOffset now)
{
    /// <summary>The clock of the whole.</summary>
    public IReadOnlyList<ClockAnswer> OfWhole() =>
        [.. file.Clocks.Select(running => Of(running, file.Waits, file.JointId))];

    /// <summary>The clocks of a leg.</summary>
    public IReadOnlyList<ClockAnswer> Of(Leg leg) =>
        [.. leg.Clocks.Select(running => Of(running, leg.Waits, leg.LegId))];

    /// <summary>Who caused how much time of a leg; null: a calendar year is missing.</summary>
    public LegTime? TimeOf(Leg leg) => JointReading.TimeOf(leg, file.OpenedAt, clock, now);

    private ClockAnswer Of(LegClock running, IReadOnlyList<LegWait> waits, string evidence)
    {
        var isRead = JointReading
            .Of(running, waits, file.Terms, clock, now)
            .Succeeded(out var reading, out var missing);
        return new ClockAnswer
        {
            Clock = running.Clock,
            Kind = running.Terms.Kind,
            Limit = running.Limit.Name,
            LegalReference = running.Limit.LegalReference,
            StartedAt = ChinaTime.In(running.StartedAt),
            DueAt = isRead && reading.DueAt is { } due ? ChinaTime.In(due) : null,
            EndedAt = running.EndedAt is { } ended ? ChinaTime.In(ended) : null,
            Colour = isRead ? reading.Colour : null,
            UsedMinutes = isRead ? JointReading.Minutes(reading.Used) : null,
            AllowedMinutes = isRead && reading.Allowed is { } allowed ? JointReading.Minutes(allowed) : null,
            Note = missing?.Note,
            Stops =
            [
                .. JointReading
                    .Stops(waits, file.Terms)
                    .Where(wait => Overlaps(wait, running))
                    .Select((wait, index) => Of(wait, index, running.Clock, evidence)),
            ],
        };
    }

    private static bool Overlaps(LegWait wait, LegClock running) =>
        (wait.Until is null || wait.Until > running.StartedAt)
        && (running.EndedAt is null || wait.From < running.EndedAt);

    /// <summary>What proves a wait is what the leg went through, which is on record under its number.</summary>
    private static StopAnswer Of(LegWait wait, int index, string clock, string evidence) =>
        new()
        {
            StopId = string.Create(CultureInfo.InvariantCulture, $"stp_{evidence}.{clock}.{index + 1}"),
            Reason = wait.Reason,
            Evidence = evidence,
            By = JsonNames.Of(wait.Who),
            From = ChinaTime.In(wait.From),
            Until = wait.Until is { } until ? ChinaTime.In(until) : null,
        };
}
