using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Cases.Storage;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>Everything that happened in a case: its evidence, and what flows and capabilities know besides.</summary>
internal sealed class CaseTimeline(IEnumerable<ICaseHistory> histories, IDbContextFactory<GatewayDb> factory)
{
    /// <summary>Most entries of one answer; older ones are left out, and the answer says so.</summary>
    public const int Longest = 1000;

    /// <summary>The newest records of a case, oldest first.</summary>
    public async Task<IReadOnlyList<CaseRecord>> Records(CaseFile file, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await Records(db, file, cancellationToken);
    }

    /// <summary>The newest entries, oldest first, and whether older ones were left out.</summary>
    public async Task<(IReadOnlyList<TimelineEntry> Entries, bool IsCut)> Entries(
        CaseFile file,
        IReadOnlyList<CaseRecord> records,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var entries = records.Select(EntryOf).ToList();
        foreach (var history in histories)
        {
            entries.AddRange(await history.Of(db, file.CallerId, file.CaseId, cancellationToken));
        }

        var newest = entries.OrderBy(entry => entry.At).TakeLast(Longest);
        return (
            [.. newest.Select(entry => entry with { At = ChinaTime.In(entry.At) })],
            entries.Count > Longest || records.Count > Longest
        );
    }

    public static async Task<IReadOnlyList<CaseRecord>> Records(
        GatewayDb db,
        CaseFile file,
        CancellationToken cancellationToken
    )
    {
        var rows = await db.Set<EvidenceRow>()
            .AsNoTracking()
            .Where(row => row.CaseId == file.CaseId)
            .OrderByDescending(row => row.EvidenceId) // numbers sort by time
            .Take(Longest + 1)
            .Select(row => new
            {
                row.EvidenceId,
                row.Sequence,
                row.Record,
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderBy(row => row.Sequence) // of one moment and node: as it was put on record
                .Select(row => new CaseRecord(row.EvidenceId, FactOf(row.Record)))
                .Where(record => record.IsOf(file))
                .OrderBy(record => record.Fact.At),
        ];
    }

    /// <summary>Records together with those of further numbers.</summary>
    public static async Task<IReadOnlyList<CaseRecord>> Named(
        GatewayDb db,
        IReadOnlyList<string> numbers,
        IReadOnlyList<CaseRecord> records,
        CancellationToken cancellationToken
    )
    {
        var missing = numbers.Except(records.Select(record => record.EvidenceId), StringComparer.Ordinal).ToList();
        var rows = await db.Set<EvidenceRow>()
            .AsNoTracking()
            .Where(row => missing.Contains(row.EvidenceId))
            .Select(row => new { row.EvidenceId, row.Record })
            .ToListAsync(cancellationToken);
        return [.. records, .. rows.Select(row => new CaseRecord(row.EvidenceId, FactOf(row.Record)))];
    }

    public static TimelineEntry EntryOf(CaseRecord record)
    {
        var fact = record.Fact;
        var isClock = fact.Kind == CaseRecord.Clock;
        return new TimelineEntry
        {
            At = fact.At,
            Kind = fact.Kind switch
            {
                "agencyCall" or "sharedCall" => "call",
                CaseRecord.Clock when fact.Subject is FactSubjects.Milestone or FactSubjects.Stop => fact.Subject,
                _ => fact.Kind,
            },
            What = fact.Subject,
            Outcome = fact.Outcome,
            Detail = fact.Detail,
            By =
                isClock && fact.Grants == CaseRecords.OwnGrants
                    ? CaseActor.Gateway
                    : fact.Call?.Agency ?? fact.CallerId,
            Reference = isClock ? null : fact.ParentId,
            EvidenceId = record.EvidenceId,
        };
    }

    private static EvidenceFact FactOf(string record) =>
        JsonSerializer.Deserialize<EvidenceFact>(record, IntegrationJson.AnswerOptions)
        ?? throw new InvalidOperationException("A stored record is the JSON null.");
}

/// <summary>A record of the evidence log that may belong to a case.</summary>
internal sealed record CaseRecord(string EvidenceId, EvidenceFact Fact)
{
    public const string Clock = "clock";

    /// <summary>Two callers may use one number: an entry of a case names the case itself, anything else its caller.</summary>
    public bool IsOf(CaseFile file) =>
        Fact.Kind == Clock && Fact.ParentId.StartsWith("cas_", StringComparison.Ordinal)
            ? Fact.ParentId == CaseRow.KeyOf(file.CallerId, file.CaseId)
            : Fact.CallerId == file.CallerId || Fact.CallerId == file.ReportedBy;
}
