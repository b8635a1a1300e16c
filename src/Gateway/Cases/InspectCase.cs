using Integration.Gateway.Cases.Storage;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>Inspects a case whenever it is shown and every day; what is found is flagged, put on record and told once.</summary>
internal sealed partial class InspectCase(
    CaseBook book,
    CaseActors actors,
    EvidenceLog evidence,
    IDbContextFactory<GatewayDb> factory,
    ILogger<InspectCase> logger
)
{
    /// <summary>The case with the flags it deserves.</summary>
    /// <param name="row">The case as it was read.</param>
    /// <param name="file">Its file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<CaseFile> Handle(CaseRow row, CaseFile file, CancellationToken cancellationToken)
    {
        var records = await Records(file, cancellationToken); // after the row: whatever it names is there
        var actor = actors.Of(file, CaseActor.Gateway);
        var flags = CaseInspection.Of(row, file, records, actor);
        if (flags.Count == 0 || await HasMoved(row, cancellationToken))
        {
            return file; // between two reads the case went on; the next look sees both
        }

        var flagged = file with { Flags = [.. file.Flags, .. flags] };
        var change = new CaseChange(
            flagged,
            [
                .. flags
                    .Where(flag => flag.Flag == CaseInspection.AlteredTime)
                    .Take(1)
                    .Select(flag => NoticeOf(file, flag.Flag, actor)),
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
        var drafts = CaseRecords.Of(file, change.Facts, file.CallerId, CaseRecords.OwnGrants);
        var sealing = await evidence.Seal(drafts, book.Replace(file, change), CancellationToken.None);
        if (sealing.Succeeded(out _, out _))
        {
            foreach (var flag in flags)
            {
                Log.Flagged(logger, file.CaseId, flag.Flag, flag.Detail);
            }
        }

        return flagged;
    }

    private async Task<InspectedRecords> Records(CaseFile file, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await InspectedRecords.Read(db, file, cancellationToken);
    }

    private async Task<bool> HasMoved(CaseRow row, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return !await db.Set<CaseRow>()
            .AnyAsync(stored => stored.CaseKey == row.CaseKey && stored.Version == row.Version, cancellationToken);
    }

    private static Notice NoticeOf(CaseFile file, string flag, CaseActor actor) =>
        new()
        {
            Type = NoticeTypes.ClockEscalated,
            CallerId = file.CallerId,
            CaseId = file.CaseId,
            At = actor.At,
            Data = new Dictionary<string, string?>(StringComparer.Ordinal) { ["reason"] = flag },
        };

    private static partial class Log
    {
        [LoggerMessage(1631, LogLevel.Error, "Case {CaseId} is flagged {Flag}: {Detail}")]
        public static partial void Flagged(ILogger logger, string caseId, string flag, string detail);
    }
}
