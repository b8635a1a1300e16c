using System.Globalization;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases.Storage;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Cases;

/// <summary>Looks at a case as an inspector would: does what is stored agree with what is on record? Pure.</summary>
internal static class CaseInspection
{
    public const string AlteredTime = "altered-time";

    /// <summary>The flags that the case deserves and does not have yet.</summary>
    /// <param name="row">The case as stored.</param>
    /// <param name="file">Its file.</param>
    /// <param name="evidence">Its evidence.</param>
    /// <param name="actor">For the tolerance and the time.</param>
    public static IReadOnlyList<CaseFlag> Of(CaseRow row, CaseFile file, InspectedRecords evidence, CaseActor actor)
    {
        var records = evidence.Records;
        var known = records.ToDictionary(record => record.EvidenceId, StringComparer.Ordinal);
        var entries = Entries(file).ToList();
        var altered = entries
            .Select(entry => Difference(entry, known))
            .Concat(entries.Count == 0 ? [] : Removed(file, records))
            .Concat(CaseTimes.Backwards(file, records, actor.At))
            .Append(Beside(row, file))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(detail => new CaseFlag(AlteredTime, actor.At, detail));
        return
        [
            .. altered.Where(flag =>
                !file.Flags.Any(stands => stands.Flag == flag.Flag && stands.Detail == flag.Detail)
            ),
            .. Late(file, evidence.FirstTrace, actor),
        ];
    }

    /// <summary>The records that the entries of a case name.</summary>
    public static IReadOnlyList<string> NumbersOf(CaseFile file) =>
        [.. Entries(file).Select(entry => entry.EvidenceId!).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<Entry> Entries(CaseFile file) =>
        file
            .Clocks.SelectMany(EntriesOf)
            .Concat(file.Milestones.Select(done => new Entry(done.EvidenceId, $"milestone {done.Name}", done.At)))
            .Where(entry => entry.EvidenceId is not null);

    private static IEnumerable<Entry> EntriesOf(CaseClock clock)
    {
        yield return new Entry(clock.EvidenceId, $"start of {clock.Clock}", clock.StartedAt)
        {
            Terms = clock is { Terms.Kind: ClockKind.WorkingDays, Limit: not null }
                ? CaseMilestones.TermsOf(clock)
                : null,
        };
        if (clock.EndedAt is { } ended)
        {
            yield return new Entry(clock.EndEvidenceId, $"end of {clock.Clock}", ended);
        }

        foreach (var stop in clock.Stops)
        {
            yield return new Entry(stop.EvidenceId, $"beginning of stop {stop.StopId}", stop.From);
            if (stop.Until is { } until)
            {
                yield return new Entry(stop.EndEvidenceId, $"end of stop {stop.StopId}", until);
            }
        }
    }

    private static string? Difference(Entry entry, Dictionary<string, CaseRecord> known)
    {
        if (known.GetValueOrDefault(entry.EvidenceId!) is not { Fact: var fact })
        {
            return $"{entry.What}: the record is not there.";
        }

        if (StoredTime.Of(fact.At) != StoredTime.Of(entry.At))
        {
            return $"{entry.What}: stored {TextOf(entry.At)}, on record {TextOf(fact.At)}.";
        }

        return
            entry.Terms is { } terms
            && !(fact.Detail ?? string.Empty).Split("; ").Contains(terms, StringComparer.Ordinal)
            ? $"{entry.What}: stored {terms}, on record {fact.Detail}."
            : null;
    }

    /// <summary>What is on record and not in the file any more.</summary>
    private static IEnumerable<string> Removed(CaseFile file, IReadOnlyList<CaseRecord> records)
    {
        var stops = file.Clocks.SelectMany(clock => clock.Stops).ToList();
        var numbers = file
            .Milestones.Select(milestone => milestone.EvidenceId)
            .Concat(stops.Select(stop => stop.EvidenceId))
            .Concat(stops.Select(stop => stop.EndEvidenceId))
            .ToHashSet(StringComparer.Ordinal);
        return records
            .Where(record =>
                record.Fact.Kind == CaseRecord.Clock
                && record.Fact.Subject is FactSubjects.Milestone or FactSubjects.Stop
            )
            .Where(record => !numbers.Contains(record.EvidenceId))
            .Select(record =>
                $"{record.Fact.Subject} {record.Fact.Outcome} of {TextOf(record.Fact.At)}: on record, not in the case."
            );
    }

    /// <summary>The columns by which reports look cases up.</summary>
    private static string? Beside(CaseRow row, CaseFile file) =>
        row.AcceptedAt == file.AcceptedAt && row.ClosedAt == file.ClosedAt && row.OpenedAt == file.OpenedAt
            ? null
            : "The times beside the case differ from those in it.";

    private static IEnumerable<CaseFlag> Late(CaseFile file, DateTimeOffset? firstTrace, CaseActor actor)
    {
        MissingYear? missing = null;
        return
            firstTrace is { } trace
            && !(trace <= file.TakenBackAt)
            && LateStart.Of(file, trace, actor.Policy.Clocks, actor.Clock, ref missing) is { } late
            ? [late with { At = actor.At }]
            : [];
    }

    public static string TextOf(DateTimeOffset moment) =>
        ChinaTime.In(moment).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    /// <summary>A time in the file and the record of it.</summary>
    private sealed record Entry(string? EvidenceId, string What, DateTimeOffset At)
    {
        /// <summary>The limit as it has to stand on record; null: none.</summary>
        public string? Terms { get; init; }
    }
}
