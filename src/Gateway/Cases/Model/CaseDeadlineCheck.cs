using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases.Model;

/// <summary>What there is to tell of the clocks of a case at a moment. Pure.</summary>
/// <param name="Change">Each new colour, told once; the same case when there is nothing new.</param>
/// <param name="Missing">A year without which a clock cannot be read; what could be read is in the change all the same.</param>
internal sealed record CaseDeadlineCheck(CaseChange Change, MissingYear? Missing)
{
    public static CaseDeadlineCheck At(Case found, CaseActor actor)
    {
        MissingYear? missing = null;
        var after = new List<CaseClock>();
        foreach (var running in found.Clocks)
        {
            if (!running.IsWatched)
            {
                after.Add(running);
            }
            else if (CaseReading.Read(running, actor.Clock, actor.At).Succeeded(out var reading, out var gone))
            {
                after.Add(Told(running, reading.Colour));
            }
            else
            {
                missing = gone;
                after.Add(running);
            }
        }

        var late = LateStart.In(found, actor.Policy.Clocks, actor.Clock, ref missing);
        var looked = found.Clocks.SequenceEqual(after) && late is null ? found : found with { Clocks = after };
        looked = late is null ? looked : looked with { Flags = [.. looked.Flags, late] };
        var next = missing is null ? CaseReading.NextLook(looked, actor.Clock, actor.At) : actor.At;
        return new CaseDeadlineCheck(
            Telling(found, next == looked.WakeAt ? looked : looked with { WakeAt = next }, late, actor),
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

    private static CaseChange Telling(Case before, Case after, InspectionFlag? late, CaseActor actor)
    {
        var changed = before
            .Clocks.Zip(after.Clocks)
            .Where(pair => pair.Second.Told > pair.First.Told)
            .Select(pair => pair.Second)
            .ToList();
        var facts = changed.Select(clock => new CaseFact(
            actor.NewId("evd"),
            FactSubjects.Clock,
            CaseNotices.Name(clock.Told),
            $"{clock.Clock} {clock.Limit}",
            actor.At
        ));
        var flagged = late is null
            ? []
            : new[] { new CaseFact(actor.NewId("evd"), FactSubjects.Flag, late.Flag, late.Detail, actor.At) };
        return new CaseChange(after, [.. changed.Select(clock => CaseNotices.ColourChanged(after, clock, actor.At))])
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
    private static TeamMark? MarkOf(Case before, Case after, (string Clock, string? ReceiptId) name, CaseActor actor)
    {
        var (then, now) = (Named(before), Named(after));
        if (!then.Any(IsLate) && now.Any(IsLate))
        {
            return new TeamMark(TeamOf(after, name.Clock), IsYellow: true, actor.Policy.Clocks.ThreeYellows, actor.At);
        }

        return now.Any(IsLate) || then.All(IsOver) || !now.All(IsOver)
            ? null
            : new TeamMark(TeamOf(after, name.Clock), IsYellow: false, actor.Policy.Clocks.ThreeYellows, actor.At);

        List<CaseClock> Named(Case found) =>
            [.. found.Clocks.Where(clock => (clock.Clock, clock.ReceiptId) == name && clock.Terms is not null)];
        static bool IsLate(CaseClock clock) => clock.Told > ClockColour.Blue;
        static bool IsOver(CaseClock clock) => clock.IsSettled;
    }

    private static string TeamOf(Case found, string clock) =>
        clock == ClockNames.Acceptance ? clock : found.Team ?? found.ServiceType ?? clock;
}
