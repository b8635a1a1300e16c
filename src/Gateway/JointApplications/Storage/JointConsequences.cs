using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Proofs;
using Integration.Gateway.JointApplications.Timing;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.JointApplications.Storage;

/// <summary>
/// What follows from where the legs stand, whoever moved them: clocks, timers, notices, the end of the case.
/// </summary>
internal sealed class JointConsequences(SlaClock clock, CaseBook cases, NoticeOutbox outbox, TimeProvider time)
{
    /// <summary>The file with its clocks as they have to be now; the same when nothing follows.</summary>
    public JointFile Follow(JointFile file)
    {
        var now = StoredTime.Of(time.GetUtcNow());
        var asking =
            file.AskAgainAt is null || LaterProofs.Open(file).Count > 0 ? file : file with { AskAgainAt = null };
        var followed = JointClocks.Follow(asking, now);
        var next = JointLook.Next(followed, clock, now);
        return next == followed.LookAt ? followed : followed with { LookAt = next };
    }

    /// <summary>The rows that go with a version.</summary>
    /// <param name="before">Null: it is new.</param>
    /// <param name="after">The version, followed.</param>
    /// <param name="notices">What the change tells besides.</param>
    public Action<GatewayDb> Rows(JointFile? before, JointFile after, IReadOnlyList<Notice> notices)
    {
        var now = StoredTime.Of(time.GetUtcNow());
        var told = before is null ? notices : [.. LegNews.Of(before, after, now), .. notices];
        var rows = told.SelectMany(outbox.Rows).ToList();
        var ends =
            HasEnded(after) && before is not null && !HasEnded(before) ? JointCase.Ended(cases, after, now) : null;
        return db =>
        {
            db.AppendRange(rows);
            SetTimer(db, JointWatch.TimerKind, after.JointId, before?.LookAt, after.LookAt);
            SetTimer(db, AskingTimer.TimerKind, after.JointId, before?.AskAgainAt, after.AskAgainAt);
            ends?.Invoke(db);
        };
    }

    private static bool HasEnded(JointFile file) => file.State is JointState.Closed or JointState.Withdrawn;

    private static void SetTimer(GatewayDb db, string kind, string key, DateTimeOffset? before, DateTimeOffset? after)
    {
        if (after is { } moment && moment != before)
        {
            DurableTimer.Schedule(db, kind, key, moment);
        }
        else if (after is null && before is not null)
        {
            DurableTimer.Cancel(db, kind, key);
        }
    }
}
