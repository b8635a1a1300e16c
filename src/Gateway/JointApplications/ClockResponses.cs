using System.Globalization;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications;

/// <summary>The clocks of a joint application as callers see them: read at the moment of the answer. Pure.</summary>
internal sealed class ClockResponses(JointApplication joint, SlaClock clock, DateTimeOffset now)
{
    /// <summary>The clock of the whole.</summary>
    public IReadOnlyList<ClockResponse> OfWhole() =>
        [.. joint.Clocks.Select(running => From(running, joint.Waits, joint.JointId))];

    /// <summary>The clocks of a leg.</summary>
    public IReadOnlyList<ClockResponse> From(Leg leg) =>
        [.. leg.Clocks.Select(running => From(running, leg.Waits, leg.LegId.ToString()))];

    /// <summary>Who caused how much time of a leg; null: a calendar year is missing.</summary>
    public LegTime? TimeOf(Leg leg) => JointReading.TimeOf(leg, joint.OpenedAt, clock, now);

    private ClockResponse From(LegClock running, IReadOnlyList<LegWait> waits, string evidence)
    {
        var isRead = JointReading
            .Read(running, waits, joint.Terms, clock, now)
            .Succeeded(out var reading, out var missing);
        return new ClockResponse
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
                    .Stops(waits, joint.Terms)
                    .Where(wait => Overlaps(wait, running))
                    .Select((wait, index) => From(wait, index, running.Clock, evidence)),
            ],
        };
    }

    private static bool Overlaps(LegWait wait, LegClock running) =>
        (wait.Until is null || wait.Until > running.StartedAt)
        && (running.EndedAt is null || wait.From < running.EndedAt);

    /// <summary>What proves a wait is what the leg went through, which is on record under its number.</summary>
    private static StopResponse From(LegWait wait, int index, string clock, string evidence) =>
        new()
        {
            StopId = string.Create(CultureInfo.InvariantCulture, $"stp_{evidence}.{clock}.{index + 1}"),
            Reason = wait.Reason,
            Evidence = evidence,
            By = JsonNames.From(wait.Who),
            From = ChinaTime.In(wait.From),
            Until = wait.Until is { } until ? ChinaTime.In(until) : null,
        };
}
