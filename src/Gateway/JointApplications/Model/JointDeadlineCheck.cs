using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What the timer that looks at the clocks of a joint application has to tell: each new colour once. Pure.</summary>
/// <param name="Change">The same joint application when there is nothing new.</param>
/// <param name="Missing">A year without which a clock cannot be read; what could be read is in the change all the same.</param>
internal sealed record JointDeadlineCheck(JointChange Change, MissingYear? Missing)
{
    /// <summary>Looks.</summary>
    /// <param name="joint">The joint application.</param>
    /// <param name="clock">Reads the clocks.</param>
    /// <param name="clientsOf">The clients of a provider that may have the leg and are reminded too.</param>
    /// <param name="now">The moment.</param>
    public static JointDeadlineCheck At(
        JointApplication joint,
        SlaClock clock,
        Func<Utility, IReadOnlyList<string>> clientsOf,
        DateTimeOffset now
    )
    {
        MissingYear? missing = null;
        var changed = new List<(LegClock Clock, Leg? Leg)>();
        var looked = joint with
        {
            Clocks = Look(joint.Clocks, joint.Waits, leg: null),
            Legs = [.. joint.Legs.Select(leg => leg with { Clocks = Look(leg.Clocks, leg.Waits, leg) })],
        };
        return new JointDeadlineCheck(
            changed.Count == 0
                ? JointChange.None(joint)
                : new JointChange(looked)
                {
                    Facts = [.. changed.Select(each => FactOf(each.Clock, each.Leg))],
                    Notices = [.. changed.SelectMany(each => NoticesOf(joint, each.Clock, each.Leg, clientsOf, now))],
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

            if (!JointReading.Read(running, waits, joint.Terms, clock, now).Succeeded(out var reading, out var gone))
            {
                missing = gone;
                return running;
            }

            if (reading.Colour <= running.Notified)
            {
                return running;
            }

            var told = running with { Notified = reading.Colour, IsSettled = !running.IsRunning };
            changed.Add((told, leg));
            return told;
        }
    }

    /// <summary>
    /// When the timer has to look again: the next change of a colour; null: none changes by itself. A clock that cannot be read has
    /// to be looked at now, so that it is seen.
    /// </summary>
    public static DateTimeOffset? Next(JointApplication joint, SlaClock clock, DateTimeOffset now)
    {
        var all = joint
            .Clocks.Select(running => (Clock: running, joint.Waits))
            .Concat(joint.Legs.SelectMany(leg => leg.Clocks.Select(running => (Clock: running, leg.Waits))));
        DateTimeOffset? next = null;
        foreach (var (running, waits) in all.Where(each => !each.Clock.IsSettled))
        {
            if (!JointReading.Read(running, waits, joint.Terms, clock, now).Succeeded(out var reading, out _))
            {
                return now;
            }

            var moment =
                reading.Colour > running.Notified ? now
                : running.IsRunning ? reading.ChangesAt
                : null;
            next = next is null || moment < next ? moment ?? next : next;
        }

        return next;
    }

    private static JointFact FactOf(LegClock clock, Leg? leg) =>
        new(
            leg is null ? "joint" : JsonNames.From(leg.Utility),
            clock.Notified == ClockColour.Red ? "escalation" : "reminder",
            $"{clock.Clock} {clock.Limit.Name}={clock.Limit.WorkingDays}"
        );

    /// <summary>The hall is told, and the provider whose leg it is.</summary>
    private static IEnumerable<Notice> NoticesOf(
        JointApplication joint,
        LegClock clock,
        Leg? leg,
        Func<Utility, IReadOnlyList<string>> clientsOf,
        DateTimeOffset now
    )
    {
        IReadOnlyList<string> provider = leg is null ? [] : clientsOf(leg.Utility);
        return provider
            .Prepend(joint.CallerId)
            .Distinct(StringComparer.Ordinal)
            .Select(client => new Notice
            {
                Type = clock.Notified == ClockColour.Red ? NoticeTypes.JointEscalation : NoticeTypes.JointReminder,
                CallerId = client,
                CaseId = joint.CaseId,
                At = now,
                Data = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["jointApplicationId"] = joint.JointId,
                    ["legId"] = leg?.LegId.ToString(),
                    ["utility"] = leg is null ? null : JsonNames.From(leg.Utility),
                    ["clock"] = clock.Clock,
                    ["limit"] = clock.Limit.Name,
                    ["colour"] = JsonNames.From(clock.Notified),
                },
            });
    }
}
