using System.Text.Json;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Notices;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases;

/// <summary>What somebody who looks at the clocks of a case has to tell. Pure.</summary>
/// <param name="Change">Each new colour, told once; the same file when there is nothing new.</param>
/// <param name="Missing">A year without which a clock cannot be read; what could be read is in the change all the same.</param>
internal sealed record CaseLook(CaseChange Change, MissingYear? Missing)
{
    public static CaseLook At(CaseFile file, CaseActor actor)
    {
        MissingYear? missing = null;
        var after = new List<CaseClock>();
        foreach (var running in file.Clocks)
        {
            if (!running.IsWatched)
            {
                after.Add(running);
            }
            else if (CaseReading.Of(running, actor.Clock, actor.At).Succeeded(out var reading, out var gone))
            {
                after.Add(Told(running, reading.Colour));
            }
            else
            {
                missing = gone;
                after.Add(running);
            }
        }

        var late = LateStart.In(file, actor.Policy.Clocks, actor.Clock, ref missing);
        var looked = file.Clocks.SequenceEqual(after) && late is null ? file : file with { Clocks = after };
        looked = late is null ? looked : looked with { Flags = [.. looked.Flags, late] };
        var next = missing is null ? CaseReading.NextLook(looked, actor.Clock, actor.At) : actor.At;
        return new CaseLook(
            Telling(file, next == looked.WakeAt ? looked : looked with { WakeAt = next }, late, actor),
            missing
        );
    }

    private static CaseClock Told(CaseClock running, ClockColour colour)
    {
        var told = colour > running.Told ? colour : running.Told;
        return told == running.Told && running.IsRunning
            ? running
            : running with
            {
                Told = told,
                IsSettled = !running.IsRunning,
            };
    }

    private static CaseChange Telling(CaseFile before, CaseFile after, CaseFlag? late, CaseActor actor)
    {
        var changed = before
            .Clocks.Zip(after.Clocks)
            .Where(pair => pair.Second.Told > pair.First.Told)
            .Select(pair => pair.Second)
            .ToList();
        var facts = changed.Select(clock => new CaseFact(
            actor.NewId("evd"),
            FactSubjects.Clock,
            Name(clock.Told),
            $"{clock.Clock} {clock.Limit}",
            actor.At
        ));
        var flagged = late is null
            ? []
            : new[] { new CaseFact(actor.NewId("evd"), FactSubjects.Flag, late.Flag, late.Detail, actor.At) };
        return new CaseChange(after, [.. changed.Select(clock => NoticeOf(after, clock, actor.At))])
        {
            Facts = [.. facts, .. flagged],
            Marks =
            [
                .. after
                    .Clocks.GroupBy(clock => (clock.Clock, clock.ReceiptId))
                    .Select(same => MarkOf(before, after, same.Key, actor))
                    .OfType<TeamMark>(),
            ],
        };
    }

    /// <summary>A clock of several limits counts once: yellow by the first of them, on plan when none was ever yellow.</summary>
    private static TeamMark? MarkOf(
        CaseFile before,
        CaseFile after,
        (string Clock, string? ReceiptId) name,
        CaseActor actor
    )
    {
        var (then, now) = (Named(before), Named(after));
        if (!then.Any(IsLate) && now.Any(IsLate))
        {
            return new TeamMark(TeamOf(after, name.Clock), IsYellow: true, actor.Policy.Clocks.ThreeYellows, actor.At);
        }

        return now.Any(IsLate) || then.All(IsOver) || !now.All(IsOver)
            ? null
            : new TeamMark(TeamOf(after, name.Clock), IsYellow: false, actor.Policy.Clocks.ThreeYellows, actor.At);

        List<CaseClock> Named(CaseFile file) =>
            [.. file.Clocks.Where(clock => (clock.Clock, clock.ReceiptId) == name && clock.Terms is not null)];
        static bool IsLate(CaseClock clock) => clock.Told > ClockColour.Blue;
        static bool IsOver(CaseClock clock) => clock.IsSettled;
    }

    private static string TeamOf(CaseFile file, string clock) =>
        clock == ClockNames.Acceptance ? clock : file.Team ?? file.ServiceType ?? clock;

    private static Notice NoticeOf(CaseFile file, CaseClock clock, DateTimeOffset at) =>
        new()
        {
            Type = clock.Told == ClockColour.Red ? NoticeTypes.ClockOverdue : NoticeTypes.ClockWarning,
            CallerId = file.CallerId,
            CaseId = file.CaseId,
            At = at,
            Data = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["clock"] = clock.Clock,
                ["limit"] = clock.Limit,
                ["colour"] = Name(clock.Told),
                ["serviceType"] = file.ServiceType,
            },
        };

    private static string Name(ClockColour colour) => JsonNamingPolicy.CamelCase.ConvertName(colour.ToString());
}
