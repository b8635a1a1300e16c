using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>
/// Keeps cases. A change is a pure function of the case. An act on a case replaces the version that it has read; what follows for a case from the
/// step of another document is changed as it stands within that step's commit, so that such a step never loses a race about its case.
/// </summary>
internal sealed class CaseStore(IDbContextFactory<GatewayDb> factory, NoticeOutbox outbox, SlaClock clock)
    : DocumentStore<Case, CaseRow>(factory)
{
    private readonly NoticeOutbox _outbox = outbox;

    /// <summary>A caller's case; null: there is none.</summary>
    public Task<Case?> FindAsync(string callerId, string caseId, CancellationToken cancellationToken) =>
        FindAsync(CaseRow.KeyOf(callerId, caseId), cancellationToken);

    /// <summary>A case by the key of its row; null: there is none.</summary>
    public Task<Case?> FindAsync(string key, CancellationToken cancellationToken) =>
        FindByKeyAsync(key, cancellationToken);

    /// <summary>An application was accepted in a case, which is opened if it is new.</summary>
    /// <param name="unit">What is committed.</param>
    /// <param name="acceptance">What was accepted.</param>
    /// <param name="answered">The event that led to it; null: a caller applied.</param>
    public void Accept(UnitOfWork unit, CaseAcceptance acceptance, ICommitRead<AnsweredEvent>? answered = null)
    {
        if (answered is null)
        {
            Change(
                unit,
                acceptance.CallerId,
                acceptance.CaseId,
                found => CaseTransitions.Accept(found, acceptance, clock)
            );
        }
        else
        {
            Change(
                unit,
                acceptance.CallerId,
                acceptance.CaseId,
                answered,
                (answeredEvent, found) => CaseTransitions.Accept(found, acceptance, clock, answeredEvent)
            );
        }
    }

    /// <summary>More limits hold for the application of a case.</summary>
    public void AddLimits(UnitOfWork unit, string callerId, string caseId, AddedLimits added) =>
        Change(unit, callerId, caseId, found => CaseTransitions.AddLimits(found, added, clock));

    /// <summary>An application was taken back by its owner: its case ends, unless another application took its place.</summary>
    public void Withdraw(
        UnitOfWork unit,
        string callerId,
        string caseId,
        string applicationId,
        Withdrawal withdrawal
    ) =>
        Change(
            unit,
            callerId,
            caseId,
            found =>
                found is not null && found.ApplicationId == applicationId
                    ? CaseTransitions.Withdraw(found, withdrawal.At, withdrawal.EvidenceId)
                    : CaseChange.None(found)
        );

    /// <summary>Opens a case unless it is there; for rows that are appended in great number.</summary>
    /// <param name="unit">What is committed.</param>
    /// <param name="opened">The case as it is opened.</param>
    /// <param name="whenPresent">The next version of the one that is there; the same object changes nothing.</param>
    public void OpenIfAbsent(UnitOfWork unit, Case opened, Func<Case, Case> whenPresent) =>
        OpenIfAbsent(unit, opened, new NothingRead(), (_, found) => whenPresent(found));

    /// <inheritdoc cref="OpenIfAbsent(UnitOfWork, Case, Func{Case, Case})" />
    /// <param name="read">What the transition has to know besides.</param>
    public void OpenIfAbsent<T>(UnitOfWork unit, Case opened, ICommitRead<T> read, Func<T, Case, Case> whenPresent)
    {
        var key = CaseRow.KeyOf(opened.CallerId, opened.CaseId);
        unit.AppendIfAbsent(NewRow(opened with { Version = 1 }), new PresentCase<T>(this, key, read, whenPresent));
        if (opened.WakeAt is { } moment)
        {
            unit.AppendIfAbsent(DurableTimer.RowOf(CaseTimers.Clock, key, moment));
        }
    }

    /// <summary>Changes the case of a caller as it stands within the commit, or opens it.</summary>
    /// <param name="unit">What is committed.</param>
    /// <param name="callerId">Whose case.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="transition">
    /// The next version, given the present one (null: there is none); pure, may run twice. The same object changes nothing.
    /// </param>
    public void Change(UnitOfWork unit, string callerId, string caseId, Func<Case?, CaseChange> transition) =>
        Change(unit, callerId, caseId, new NothingRead(), (_, found) => transition(found));

    /// <inheritdoc cref="Change(UnitOfWork, string, string, Func{Case?, CaseChange})" />
    /// <param name="read">What the transition has to know besides.</param>
    public void Change<T>(
        UnitOfWork unit,
        string callerId,
        string caseId,
        ICommitRead<T> read,
        Func<T, Case?, CaseChange> transition
    ) => unit.Write(new ChangedCase<T>(this, callerId, caseId, read, transition));

    /// <summary>Commits the next version of a case as it was read, unless another request has changed it since.</summary>
    public void Replace(UnitOfWork unit, Case before, CaseChange change)
    {
        var key = CaseRow.KeyOf(before.CallerId, before.CaseId);
        var after = change.File with { Version = before.Version + 1 };
        Replace(unit, key, before, after);
        unit.SetTimer(CaseTimers.Clock, key, after.WakeAt);
        unit.AppendRange(change.Notices.SelectMany(_outbox.Rows));
        foreach (var mark in change.Marks)
        {
            unit.Write(new TeamMarkWrite(before.CallerId, before.CaseId, mark));
        }
    }

    protected override Case Open(CaseRow row) => Case.FromJson(row.File);

    protected override void Put(CaseRow row, Case document)
    {
        row.ReportedBy = document.ReportedBy;
        row.ServiceType = document.ServiceType;
        row.AcceptedAt = document.AcceptedAt;
        row.ClosedAt = document.ClosedAt;
        row.File = document.ToJson();
        row.Version = document.Version;
    }

    private static CaseRow NewRow(Case opened) =>
        new()
        {
            CaseKey = CaseRow.KeyOf(opened.CallerId, opened.CaseId),
            CaseId = opened.CaseId,
            CallerId = opened.CallerId,
            ReportedBy = opened.ReportedBy,
            ServiceType = opened.ServiceType,
            OpenedAt = opened.OpenedAt,
            AcceptedAt = opened.AcceptedAt,
            ClosedAt = opened.ClosedAt,
            File = opened.ToJson(),
            Version = opened.Version,
        };

    /// <summary>A case that is changed as it stands.</summary>
    private sealed record ChangedCase<T>(
        CaseStore Store,
        string CallerId,
        string CaseId,
        ICommitRead<T> Read,
        Func<T, Case?, CaseChange> Transition
    ) : IRowWrite
    {
        public void WriteTo(GatewayDb db)
        {
            var key = CaseRow.KeyOf(CallerId, CaseId);
            var row = db.Find<CaseRow>(key);
            var before = row is null ? null : Store.Open(row);
            var change = Transition(Read.Read(db), before);
            db.AppendRange(change.Notices.SelectMany(Store._outbox.Rows));
            foreach (var mark in change.Marks)
            {
                new TeamMarkWrite(CallerId, CaseId, mark).WriteTo(db);
            }

            if (change.Keeps(before))
            {
                return;
            }

            var after = change.File with { Version = (before?.Version ?? 0) + 1 };
            if (row is null)
            {
                db.Add(NewRow(after));
            }
            else
            {
                Store.Put(row, after);
            }

            DurableTimer.Set(db, CaseTimers.Clock, key, after.WakeAt);
        }
    }

    /// <summary>A case that was there when it was to be opened.</summary>
    private sealed record PresentCase<T>(
        CaseStore Store,
        string Key,
        ICommitRead<T> Read,
        Func<T, Case, Case> Transition
    ) : IRowWrite
    {
        public void WriteTo(GatewayDb db)
        {
            var row =
                db.Find<CaseRow>(Key) ?? throw new InvalidOperationException("A case is gone; none is ever deleted.");
            var before = Store.Open(row);
            var after = Transition(Read.Read(db), before);
            if (!ReferenceEquals(before, after))
            {
                after = after with { Version = before.Version + 1 };
                Store.Put(row, after);
                DurableTimer.Set(db, CaseTimers.Clock, Key, after.WakeAt);
            }
            else if (before.WakeAt is null)
            {
                // Set in vain, when it was not known that the case is there.
                DurableTimer.Set(db, CaseTimers.Clock, Key, dueAt: null);
            }
        }
    }

    /// <summary>A transition that has to know nothing but the case.</summary>
    private sealed class NothingRead : ICommitRead<bool>
    {
        public bool Read(GatewayDb db) => true;
    }
}
