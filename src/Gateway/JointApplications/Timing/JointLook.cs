using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Timing;

/// <summary>What somebody who looks at the clocks of a joint application has to tell: each new colour once. Pure.</summary>
/// <param name="Change">The same file when there is nothing new.</param>
/// <param name="Missing">A year without which a clock cannot be read; what could be read is in the change all the same.</param>
internal sealed record JointLook(JointChange Change, MissingYear? Missing)
{
    /// <summary>Looks.</summary>
    /// <param name="file">The joint application.</param>
    /// <param name="clock">Reads the clocks.</param>
    /// <param name="clientsOf">The clients of a provider that may have the leg and are reminded too.</param>
    /// <param name="now">The moment.</param>
    public static JointLook At(
        JointFile file,
        SlaClock clock,
        Func<Utility, IReadOnlyList<string>> clientsOf,
        DateTimeOffset now
    )
    {
        MissingYear? missing = null;
        var news = new List<(LegClock Clock, Leg? Leg)>();
        var looked = file with
        {
            Clocks = Look(file.Clocks, file.Waits, leg: null),
            Legs = [.. file.Legs.Select(leg => leg with { Clocks = Look(leg.Clocks, leg.Waits, leg) })],
        };
        return new JointLook(
            news.Count == 0
                ? JointChange.None(file)
                : new JointChange(looked)
                {
                    Facts = [.. news.Select(told => FactOf(told.Clock, told.Leg))],
                    Notices = [.. news.SelectMany(told => NoticesOf(file, told.Clock, told.Leg, clientsOf, now))],
                },
            missing
        );

        List<LegClock> Look(IReadOnlyList<LegClock> clocks, IReadOnlyList<LegWait> waits, Leg? leg) =>
            [.. clocks.Select(running => LookAt(running, waits, leg))];

        LegClock LookAt(LegClock running, IReadOnlyList<LegWait> waits, Leg? leg)
        {
            if (running.IsSettled)
            {
                return running;
            }

            if (!JointReading.Of(running, waits, file.Terms, clock, now).Succeeded(out var reading, out var gone))
            {
                missing = gone;
                return running;
            }

            if (reading.Colour <= running.Told)
            {
                return running;
            }

            var told = running with { Told = reading.Colour, IsSettled = !running.IsRunning };
            news.Add((told, leg));
            return told;
        }
    }

    /// <summary>
    /// When somebody has to look again: the next change of a colour; null: none changes by itself. A clock that cannot be read has
    /// to be looked at now, so that it is seen.
    /// </summary>
    public static DateTimeOffset? Next(JointFile file, SlaClock clock, DateTimeOffset now)
    {
        var all = file
            .Clocks.Select(running => (Clock: running, file.Waits))
            .Concat(file.Legs.SelectMany(leg => leg.Clocks.Select(running => (Clock: running, leg.Waits))));
        DateTimeOffset? next = null;
        foreach (var (running, waits) in all.Where(each => !each.Clock.IsSettled))
        {
            if (!JointReading.Of(running, waits, file.Terms, clock, now).Succeeded(out var reading, out _))
            {
                return now;
            }

            var moment =
                reading.Colour > running.Told ? now
                : running.IsRunning ? reading.ChangesAt
                : null;
            next = next is null || moment < next ? moment ?? next : next;
        }

        return next;
    }

    private static JointFact FactOf(LegClock clock, Leg? leg) =>
        new(
            leg is null ? "joint" : JsonNames.Of(leg.Utility),
            clock.Told == ClockColour.Red ? "escalation" : "reminder",
            $"{clock.Clock} {clock.Limit.Name}={clock.Limit.WorkingDays}"
        );

    /// <summary>The hall is told, and the provider whose leg it is.</summary>
    private static IEnumerable<Notice> NoticesOf(
        JointFile file,
        LegClock clock,
        Leg? leg,
        Func<Utility, IReadOnlyList<string>> clientsOf,
        DateTimeOffset now
    )
    {
        IReadOnlyList<string> provider = leg is null ? [] : clientsOf(leg.Utility);
        return provider
            .Prepend(file.CallerId)
            .Distinct(StringComparer.Ordinal)
            .Select(client => new Notice
            {
                Type = clock.Told == ClockColour.Red ? NoticeTypes.JointEscalation : NoticeTypes.JointReminder,
                CallerId = client,
                CaseId = file.CaseId,
                At = now,
                Data = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["jointApplicationId"] = file.JointId,
                    ["legId"] = leg?.LegId,
                    ["utility"] = leg is null ? null : JsonNames.Of(leg.Utility),
                    ["clock"] = clock.Clock,
                    ["limit"] = clock.Limit.Name,
                    ["colour"] = JsonNames.Of(clock.Told),
                },
            });
    }
}
