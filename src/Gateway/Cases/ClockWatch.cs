using Integration.Gateway.Cases.Storage;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>
/// Wakes at the moment at which a clock of a case changes its colour and tells whom it concerns.
/// <code>
/// timer ──▶ case ──▶ look (pure) ──▶ one commit: evidence, case, notices, team, next timer
///                        └──▶ a clock that cannot be read: throws, so that operators see the timer fail
/// </code>
/// It may run twice: each colour is told once, because what was told is part of the case.
/// </summary>
internal sealed partial class ClockWatch(
    CaseBook book,
    CaseActors actors,
    EvidenceLog evidence,
    IDbContextFactory<GatewayDb> factory,
    ILogger<ClockWatch> logger
) : ITimerHandler
{
    public const string TimerKind = "case-clock";

    private const int Attempts = 5;

    /// <summary>A timer may fire this much early when the clocks of two nodes differ; what it came for is told all the same.</summary>
    private static readonly TimeSpan s_early = TimeSpan.FromSeconds(2);

    public string Kind => TimerKind;

    public async Task Handle(string key, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await Read(key, cancellationToken) is not { } file || await Look(key, file, cancellationToken))
            {
                return;
            }
        }

        throw new ClockNotReadException("The case changed again and again while its clocks were read.");
    }

    private async Task<CaseFile?> Read(string key, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<CaseRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.CaseKey == key, cancellationToken);
        return row is null ? null : CaseFile.FromJson(row.File);
    }

    /// <summary>Looks at the clocks now and tells what is new.</summary>
    /// <returns>False: somebody else changed the case meanwhile.</returns>
    private async Task<bool> Look(string key, CaseFile file, CancellationToken cancellationToken)
    {
        var actor = actors.Of(file, CaseActor.Gateway);
        if (file.WakeAt is { } due && due > actor.At && due - actor.At < s_early)
        {
            actor = actor with { At = due };
        }

        var (change, missing) = CaseLook.At(file, actor);
        if (change.Facts.Count > 0 || (missing is null && !ReferenceEquals(change.File, file)))
        {
            if (!await Commit(file, change))
            {
                return false;
            }
        }
        else if (missing is null && file.WakeAt is { } next)
        {
            await Rearm(key, next, cancellationToken);
        }

        return missing is null ? true : throw new ClockNotReadException(missing.Note);
    }

    private async Task<bool> Commit(CaseFile file, CaseChange change)
    {
        var drafts = CaseRecords.Of(file, change.Facts, file.CallerId, CaseRecords.OwnGrants);
        var replace = book.Replace(file, change);
        if (drafts.Count == 0)
        {
            return await book.Save(replace);
        }

        var sealing = await evidence.Seal(drafts, replace, CancellationToken.None);
        if (sealing.Succeeded(out _, out var refusal))
        {
            Told(file, change);
            return true;
        }

        return ReferenceEquals(refusal, Refusal.Overtaken) ? false : throw new ClockNotReadException(refusal.Title);
    }

    private void Told(CaseFile file, CaseChange change)
    {
        foreach (var fact in change.Facts)
        {
            Log.Told(logger, file.CaseId, fact.Subject, fact.Outcome, fact.EvidenceId);
        }
    }

    /// <summary>Fired too early, or moved: the moment in the case holds.</summary>
    private async Task Rearm(string key, DateTimeOffset next, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        DurableTimer.Schedule(db, TimerKind, key, next);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1630, LogLevel.Information, "Case {CaseId}: {Subject} {Outcome}, evidence {EvidenceId}.")]
        public static partial void Told(
            ILogger logger,
            string caseId,
            string subject,
            string outcome,
            string evidenceId
        );
    }
}

/// <summary>The clocks of a case could not be read, or what they say could not be put on record; it is tried again.</summary>
internal sealed class ClockNotReadException(string reason) : Exception(reason);
