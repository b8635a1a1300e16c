using Integration.Gateway.Cases.Storage;
using Integration.Gateway.Clocks;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>
/// Keeps cases. A change is a pure function of the file; it is made within the transaction of the evidence, together with
/// the timer that looks at the clocks next and the notices of what it means.
/// </summary>
internal sealed class CaseBook(IDbContextFactory<GatewayDb> factory, NoticeOutbox outbox, SlaClock clock)
{
    /// <summary>An application was accepted in a case, which is opened if it is new.</summary>
    /// <param name="acceptance">What was accepted.</param>
    /// <param name="answered">The event that led to it; null: a caller applied.</param>
    public Action<GatewayDb> Accept(CaseAcceptance acceptance, Func<GatewayDb, AnsweredEvent>? answered = null) =>
        Change(
            acceptance.CallerId,
            acceptance.CaseId,
            (db, file) => CaseActs.Accept(file, acceptance, clock, answered?.Invoke(db))
        );

    /// <summary>More limits hold for the application of a case.</summary>
    public Action<GatewayDb> AddLimits(string callerId, string caseId, AddedLimits added) =>
        Change(callerId, caseId, file => CaseActs.AddLimits(file, added, clock));

    /// <summary>Opens a case unless it is there; for rows that are appended in great number.</summary>
    /// <param name="file">The case as it is opened.</param>
    /// <param name="orElse">
    /// The next version of the one that is there, made in the transaction; the same object changes nothing. Null: it stays as it is.
    /// </param>
    public static Action<GatewayDb> OpenIfAbsent(CaseFile file, Func<GatewayDb, CaseFile, CaseFile>? orElse = null)
    {
        var key = CaseRow.KeyOf(file.CallerId, file.CaseId);
        var row = NewRow(key, file with { Version = 1 });
        return db =>
        {
            db.AppendIfAbsent(row, orElse is null ? null : present => ChangePresent(present, key, orElse));
            if (file.WakeAt is { } moment)
            {
                db.AppendIfAbsent(DurableTimer.RowOf(ClockWatch.TimerKind, key, moment));
            }
        };
    }

    /// <summary>Changes the case of a caller, or opens it.</summary>
    /// <param name="callerId">Whose case.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="change">
    /// The next version, given the present one (null: there is none); runs in the transaction, maybe twice. Returning the same
    /// object changes nothing.
    /// </param>
    public Action<GatewayDb> Change(string callerId, string caseId, Func<CaseFile?, CaseChange> change) =>
        Change(callerId, caseId, (_, file) => change(file));

    /// <inheritdoc cref="Change(string, string, Func{CaseFile?, CaseChange})" />
    public Action<GatewayDb> Change(string callerId, string caseId, Func<GatewayDb, CaseFile?, CaseChange> change)
    {
        var key = CaseRow.KeyOf(callerId, caseId);
        return db =>
        {
            var row = db.Find<CaseRow>(key);
            var before = row is null ? null : CaseFile.FromJson(row.File);
            var changed = change(db, before);
            Tell(db, callerId, caseId, changed);
            var after = changed.File;
            if (after is null || ReferenceEquals(before, after))
            {
                return;
            }

            after = after with { Version = (before?.Version ?? 0) + 1 };
            if (row is null)
            {
                db.Add(NewRow(key, after));
            }
            else
            {
                Update(row, after);
            }

            SetTimer(db, key, after);
        };
    }

    /// <summary>An application was taken back by its owner: its case ends, unless another application took its place.</summary>
    public Action<GatewayDb> Withdraw(string callerId, string caseId, string applicationId, Withdrawal withdrawal) =>
        Change(
            callerId,
            caseId,
            file =>
                file is not null && file.ApplicationId == applicationId
                    ? CaseActs.Withdraw(file, withdrawal.At, withdrawal.EvidenceId)
                    : CaseChange.None(file)
        );

    /// <summary>
    /// The next version of a case as it was read; fails as a whole (<c>Refusal.Overtaken</c>) when somebody changed it since.
    /// </summary>
    public Action<GatewayDb> Replace(CaseFile before, CaseChange change)
    {
        var key = CaseRow.KeyOf(before.CallerId, before.CaseId);
        return db =>
        {
            var row = db.Find<CaseRow>(key) ?? throw new DbUpdateConcurrencyException("The case is gone.");
            db.Entry(row).Property(stored => stored.Version).OriginalValue = before.Version;
            var after = change.File with { Version = before.Version + 1 };
            Update(row, after);
            SetTimer(db, key, after);
            Tell(db, before.CallerId, before.CaseId, change);
        };
    }

    /// <summary>Saves a change that leaves nothing on record, e.g. when somebody looks next.</summary>
    /// <returns>False: somebody else changed the case meanwhile.</returns>
    public async Task<bool> Save(Action<GatewayDb> change)
    {
        await using var db = await factory.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        try
        {
            change(db);
            await db.SaveChangesAsync();
            db.WriteAppended();
            await transaction.CommitAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>A caller's case; null: there is none.</summary>
    public async Task<CaseFile?> Find(string callerId, string caseId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<CaseRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.CaseKey == CaseRow.KeyOf(callerId, caseId), cancellationToken);
        return row is null ? null : CaseFile.FromJson(row.File);
    }

    private void Tell(GatewayDb db, string callerId, string caseId, CaseChange change)
    {
        db.AppendRange(change.Notices.SelectMany(outbox.Rows));
        foreach (var mark in change.Marks)
        {
            TeamBook.Mark(db, callerId, caseId, mark);
        }
    }

    private static void ChangePresent(GatewayDb db, string key, Func<GatewayDb, CaseFile, CaseFile> change)
    {
        var row = db.Find<CaseRow>(key) ?? throw new InvalidOperationException("A case is gone; none is ever deleted.");
        var before = CaseFile.FromJson(row.File);
        var after = change(db, before);
        if (!ReferenceEquals(before, after))
        {
            after = after with { Version = before.Version + 1 };
            Update(row, after);
            SetTimer(db, key, after);
        }
        else if (before.WakeAt is null)
        {
            DurableTimer.Cancel(db, ClockWatch.TimerKind, key); // set in vain, when it was not known that the case is there
        }
    }

    private static CaseRow NewRow(string key, CaseFile file) =>
        new()
        {
            CaseKey = key,
            CaseId = file.CaseId,
            CallerId = file.CallerId,
            ReportedBy = file.ReportedBy,
            ServiceType = file.ServiceType,
            OpenedAt = file.OpenedAt,
            AcceptedAt = file.AcceptedAt,
            ClosedAt = file.ClosedAt,
            File = file.ToJson(),
            Version = file.Version,
        };

    private static void Update(CaseRow row, CaseFile file)
    {
        row.ReportedBy = file.ReportedBy;
        row.ServiceType = file.ServiceType;
        row.AcceptedAt = file.AcceptedAt;
        row.ClosedAt = file.ClosedAt;
        row.File = file.ToJson();
        row.Version = file.Version;
    }

    private static void SetTimer(GatewayDb db, string key, CaseFile file)
    {
        if (file.WakeAt is { } moment)
        {
            DurableTimer.Schedule(db, ClockWatch.TimerKind, key, moment);
        }
        else
        {
            DurableTimer.Cancel(db, ClockWatch.TimerKind, key);
        }
    }
}
