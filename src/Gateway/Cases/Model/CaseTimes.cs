using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases.Model;

/// <summary>
/// Times of a case that run backwards: a machine's clock was set back between them, so that used time cannot be trusted. Pure. Colours
/// and flags are left out: they only say what was seen, and a flag about a clock that was set back must not be found again.
/// </summary>
internal static class CaseTimes
{
    /// <summary>Clocks of two nodes may differ by this much: 5 s, as tokens of one node allow at the other.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    private static readonly string s_acceptance = NameOf(MilestoneNames.Accepted);

    /// <summary>An acceptance has the time at which its application came; it is committed when the agencies have answered.</summary>
    public static readonly TimeSpan AcceptanceTolerance = TimeSpan.FromMinutes(2);

    /// <summary>Each time at which the clock was set back, as text; the same text as long as the record stands.</summary>
    /// <param name="found">The case.</param>
    /// <param name="records">Its entries on record, in any order.</param>
    /// <param name="now">The moment of the look: what happened later than that was timed by a clock that was set back since.</param>
    public static IEnumerable<string> Backwards(Case found, IReadOnlyList<CaseRecord> records, DateTimeOffset now)
    {
        var reported = records.Where(IsReport).ToList();
        var steps = reported
            .GroupBy(record => record.Chain, StringComparer.Ordinal)
            .Select(node => node.OrderBy(record => record.Sequence).Select(MomentOf))
            .Append(found.Milestones.Select(Reached))
            .Concat(found.Clocks.SelectMany(PairsOf))
            .SelectMany(Steps);
        var last = reported.Select(MomentOf).Concat(found.Milestones.Select(Reached)).MaxBy(moment => moment.At);
        return last is not null && now < last.At - Tolerance
            ? steps.Append($"{Text(last)}: the clock was set back since.")
            : steps;
    }

    /// <summary>What was set back between one moment and the next; moments come in the order in which they happened.</summary>
    private static IEnumerable<string> Steps(IEnumerable<Moment> moments)
    {
        Moment? before = null;
        foreach (var moment in moments)
        {
            var tolerance = moment.What == s_acceptance ? AcceptanceTolerance : Tolerance;
            if (before is not null && moment.At < before.At - tolerance)
            {
                yield return $"{Text(moment)}: the clock was set back before it.";
            }

            before = moment;
        }
    }

    private static IEnumerable<IEnumerable<Moment>> PairsOf(CaseClock clock)
    {
        var start = new Moment($"start of {clock.Clock}", clock.StartedAt);
        if (clock.EndedAt is { } ended)
        {
            yield return [start, new Moment($"end of {clock.Clock}", ended)];
        }

        foreach (var stop in clock.Stops)
        {
            yield return [start, new Moment("stop begun", stop.From)];
            if (stop.Until is { } until)
            {
                yield return [new Moment("stop begun", stop.From), new Moment("stop ended", until)];
            }
        }
    }

    private static bool IsReport(CaseRecord record) =>
        record.Fact.Kind == CaseRecord.Clock
        && (
            record.Fact.Subject is FactSubjects.Milestone or FactSubjects.Stop
            || record.Fact is { Subject: FactSubjects.Flag, Outcome: CaseMilestones.RepeatedStart }
        );

    private static Moment Reached(Milestone done) => new(NameOf(done.Name), done.At);

    private static string NameOf(string milestone) => $"{FactSubjects.Milestone} {milestone}";

    private static Moment MomentOf(CaseRecord record) =>
        new($"{record.Fact.Subject} {record.Fact.Outcome}", record.Fact.At);

    private static string Text(Moment moment) => $"{moment.What} of {CaseInspection.TextOf(moment.At)}";

    private sealed record Moment(string What, DateTimeOffset At);
}
