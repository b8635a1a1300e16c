using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>Inspects a case whenever it is shown and every day; what is found is flagged, put on record and told once.</summary>
internal sealed partial class CaseInspector(
    CaseStore store,
    CaseActors actors,
    EvidenceLog evidence,
    IDbContextFactory<GatewayDb> factory,
    ILogger<CaseInspector> logger
)
{
    /// <summary>The case with the flags it deserves.</summary>
    /// <param name="row">The case as it was read.</param>
    /// <param name="found">The case in it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Case> HandleAsync(CaseRow row, Case found, CancellationToken cancellationToken)
    {
        var records = await RecordsAsync(found, cancellationToken); // after the row: every record that it names is there
        var actor = actors.For(found, CaseActor.Gateway);
        var flags = CaseInspection.Inspect(row.Times(), found, records, actor);
        if (flags.Count == 0 || await HasMovedAsync(row, cancellationToken))
        {
            return found; // between two reads the case went on; the next look sees both
        }

        var flagged = found with { Flags = [.. found.Flags, .. flags] };
        var change = new CaseChange(
            flagged,
            [
                .. flags
                    .Where(flag => flag.Flag == CaseInspection.AlteredTime)
                    .Take(1)
                    .Select(flag => CaseNotifications.Flagged(found, flag.Flag, actor.At)),
            ]
        )
        {
            Facts =
            [
                .. flags.Select(flag => new CaseFact(
                    actor.NewId("evd"),
                    FactSubjects.Flag,
                    flag.Flag,
                    flag.Detail,
                    actor.At
                )),
            ],
        };
        var drafts = CaseRecords.Create(found, change.Facts, found.CallerId, CaseRecords.OwnGrants);
        var unit = UnitOfWork.From(drafts);
        store.Replace(unit, found, change);
        var committed = await evidence.CommitAsync(unit, CancellationToken.None);
        if (committed.Succeeded(out _, out _))
        {
            foreach (var flag in flags)
            {
                Log.Flagged(logger, found.CaseId, flag.Flag, flag.Detail);
            }
        }

        return flagged;
    }

    private async Task<InspectedRecords> RecordsAsync(Case found, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await InspectedEvidence.ReadAsync(db, found, cancellationToken);
    }

    private async Task<bool> HasMovedAsync(CaseRow row, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return !await db.Set<CaseRow>()
            .AnyAsync(stored => stored.CaseKey == row.CaseKey && stored.Version == row.Version, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1631, LogLevel.Error, "Case {CaseId} is flagged {Flag}: {Detail}")]
        public static partial void Flagged(ILogger logger, string caseId, string flag, string detail);
    }
}
