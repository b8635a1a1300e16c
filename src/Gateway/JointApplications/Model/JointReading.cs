using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>The clocks of a joint application as they stand at a moment. Pure but for the calendar in force.</summary>
internal static class JointReading
{
    /// <summary>One clock of a leg or of the whole.</summary>
    /// <param name="running">The clock.</param>
    /// <param name="waits">Of the leg, or of the whole.</param>
    /// <param name="terms">Of the joint application.</param>
    /// <param name="clock">Counts.</param>
    /// <param name="now">The moment.</param>
    public static CalendarResult<ClockReading> Read(
        LegClock running,
        IReadOnlyList<LegWait> waits,
        JointTerms terms,
        SlaClock clock,
        DateTimeOffset now
    ) =>
        clock.Read(
            running.Terms,
            running.StartedAt,
            [.. Stops(waits, terms).Select(wait => new ClockPause(wait.From, wait.Until))],
            running.EndedAt,
            now,
            terms.YellowFromPercent
        );

    /// <summary>The waits in which clocks stand still.</summary>
    public static IEnumerable<LegWait> Stops(IReadOnlyList<LegWait> waits, JointTerms terms) =>
        waits.Where(wait => wait.Who == WaitsFor.Applicant || terms.AuthorityTimeStops);

    /// <summary>Business minutes since the form came, by who caused them; null: a calendar year is missing.</summary>
    public static LegTime? TimeOf(Leg leg, DateTimeOffset openedAt, SlaClock clock, DateTimeOffset now)
    {
        DateTimeOffset? endedAt = LegWaits.IsOver(leg)
            ? leg.Clocks.Select(each => each.EndedAt).Append(leg.Clocks.Count == 0 ? leg.Since : null).Max()
            : null;
        return
            Counted(_ => false) is { } all
            && Counted(who => who == WaitsFor.Applicant) is { } withoutApplicant
            && Counted(who => who == WaitsFor.Authority) is { } withoutAuthority
            ? new LegTime
            {
                ProviderMinutes = Minutes(withoutApplicant + withoutAuthority - all),
                ApplicantMinutes = Minutes(all - withoutApplicant),
                AuthorityMinutes = Minutes(all - withoutAuthority),
            }
            : null;

        TimeSpan? Counted(Func<WaitsFor, bool> isLeftOut) =>
            clock
                .Read(terms: null, openedAt, Pauses(leg.Waits, isLeftOut), endedAt, now, yellowFromPercent: 100)
                .Succeeded(out var reading, out _)
                ? reading.Used
                : null;
    }

    public static decimal Minutes(TimeSpan time) => decimal.Round((decimal)time.Ticks / TimeSpan.TicksPerMinute, 2);

    private static List<ClockPause> Pauses(IReadOnlyList<LegWait> waits, Func<WaitsFor, bool> isLeftOut) =>
        [.. waits.Where(wait => isLeftOut(wait.Who)).Select(wait => new ClockPause(wait.From, wait.Until))];
}
