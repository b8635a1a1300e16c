using System.Globalization;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Cases.Model;

/// <summary>Looks at a case as an inspector would: does what is stored agree with what is on record? Pure.</summary>
internal static class CaseInspection
{
    public const string AlteredTime = "altered-time";

    /// <summary>The flags that the case deserves and does not have yet.</summary>
    /// <param name="stored">The times that stand beside the case.</param>
    /// <param name="found">The case.</param>
    /// <param name="evidence">Its evidence.</param>
    /// <param name="actor">For the tolerance and the time.</param>
    public static IReadOnlyList<InspectionFlag> Inspect(
        StoredTimes stored,
        Case found,
        InspectedRecords evidence,
        CaseActor actor
    )
    {
        var records = evidence.Records;
        var known = records.ToDictionary(record => record.EvidenceId, StringComparer.Ordinal);
        var entries = Entries(found).ToList();
        var altered = entries
            .Select(entry => Difference(entry, known))
            .Concat(entries.Count == 0 ? [] : Removed(found, records))
            .Concat(CaseTimes.Backwards(found, records, actor.At))
            .Append(Beside(stored, found))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(detail => new InspectionFlag(AlteredTime, actor.At, detail));
        return
        [
            .. altered.Where(flag =>
                !found.Flags.Any(stands => stands.Flag == flag.Flag && stands.Detail == flag.Detail)
            ),
            .. Late(found, evidence.FirstTrace, actor),
        ];
    }

    /// <summary>The records that the entries of a case name.</summary>
    public static IReadOnlyList<string> NumbersOf(Case found) =>
        [.. Entries(found).Select(entry => entry.EvidenceId!).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<Entry> Entries(Case found) =>
        found
            .Clocks.SelectMany(EntriesOf)
            .Concat(found.Milestones.Select(done => new Entry(done.EvidenceId, $"milestone {done.Name}", done.At)))
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

        if (StoredTime.From(fact.At) != StoredTime.From(entry.At))
        {
            return $"{entry.What}: stored {TextOf(entry.At)}, on record {TextOf(fact.At)}.";
        }

        return
            entry.Terms is { } terms
            && !(fact.Detail ?? string.Empty).Split("; ").Contains(terms, StringComparer.Ordinal)
            ? $"{entry.What}: stored {terms}, on record {fact.Detail}."
            : null;
    }

    /// <summary>What is on record and not in the case any more.</summary>
    private static IEnumerable<string> Removed(Case found, IReadOnlyList<CaseRecord> records)
    {
        var stops = found.Clocks.SelectMany(clock => clock.Stops).ToList();
        var numbers = found
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
    private static string? Beside(StoredTimes stored, Case found) =>
        stored == new StoredTimes(found.OpenedAt, found.AcceptedAt, found.ClosedAt)
            ? null
            : "The times beside the case differ from those in it.";

    private static IEnumerable<InspectionFlag> Late(Case found, DateTimeOffset? firstTrace, CaseActor actor)
    {
        MissingYear? missing = null;
        return
            firstTrace is { } trace
            && !(trace <= found.TakenBackAt)
            && LateStart.Find(found, trace, actor.Policy.Clocks, actor.Clock, ref missing) is { } late
            ? [late with { At = actor.At }]
            : [];
    }

    public static string TextOf(DateTimeOffset moment) =>
        ChinaTime.In(moment).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    /// <summary>A time in the case and the record of it.</summary>
    private sealed record Entry(string? EvidenceId, string What, DateTimeOffset At)
    {
        /// <summary>The limit as it has to stand on record; null: none.</summary>
        public string? Terms { get; init; }
    }
}

/// <summary>The times by which cases are looked up, as they are stored beside a case.</summary>
internal sealed record StoredTimes(DateTimeOffset OpenedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? ClosedAt);

/// <summary>
/// The evidence by which a case is inspected, whole however long its timeline is: every entry of the case, every record that the case
/// names, and when the agencies were first asked.
/// </summary>
/// <param name="Records">Entries of the case and records that it names.</param>
/// <param name="FirstTrace">The first call or check since the case was last taken back; null: none came before acceptance.</param>
internal sealed record InspectedRecords(IReadOnlyList<CaseRecord> Records, DateTimeOffset? FirstTrace);
