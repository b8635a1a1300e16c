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
    public Action<GatewayDb> Accept(CaseAcceptance acceptance) =>
        Change(acceptance.CallerId, acceptance.CaseId, file => CaseActs.Accept(file, acceptance, clock));

    /// <summary>Opens a case unless it is there; for rows that are appended in great number.</summary>
    public static Action<GatewayDb> OpenIfAbsent(CaseFile file)
    {
        var key = CaseRow.KeyOf(file.CallerId, file.CaseId);
        var row = NewRow(key, file with { Version = 1 });
        return db =>
        {
            db.AppendIfAbsent(row);
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
    public Action<GatewayDb> Change(string callerId, string caseId, Func<CaseFile?, CaseChange> change)
    {
        var key = CaseRow.KeyOf(callerId, caseId);
        return db =>
        {
            var row = db.Find<CaseRow>(key);
            var before = row is null ? null : CaseFile.FromJson(row.File);
            var (after, notices) = change(before);
            db.AppendRange(notices.SelectMany(outbox.Rows));
            if (ReferenceEquals(before, after))
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

    /// <summary>A caller's case; null: there is none.</summary>
    public async Task<CaseFile?> Find(string callerId, string caseId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<CaseRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.CaseKey == CaseRow.KeyOf(callerId, caseId), cancellationToken);
        return row is null ? null : CaseFile.FromJson(row.File);
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

/// <summary>The next version of a case and what is told about it.</summary>
internal sealed record CaseChange(CaseFile File, IReadOnlyList<Notice> Notices)
{
    public static implicit operator CaseChange(CaseFile file) => new(file, []);
}
