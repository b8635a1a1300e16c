using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.JointApplications;

/// <summary>
/// What follows from where the legs stand, by whichever request they were moved: decided by <see cref="JointEffects"/>, and put here into the commit of
/// the version: evidence, timers, work lists, notices, the case.
/// </summary>
internal sealed class JointEffectWriter(SlaClock clock, CaseStore cases, NoticeOutbox outbox, TimeProvider time)
{
    /// <summary>A change with everything that follows from it; its version is still the old one.</summary>
    public JointChange After(JointApplication before, JointChange change)
    {
        var now = StoredTime.From(time.GetUtcNow());
        var settled = JointEffects.After(before, change, now);
        return settled with { Joint = JointEffects.Timed(settled.Joint, clock, now) };
    }

    /// <summary>A new joint application with everything that follows from it.</summary>
    public JointApplication Begun(JointApplication joint) =>
        JointEffects.Timed(joint, clock, StoredTime.From(time.GetUtcNow())) with
        {
            Version = 1,
        };

    /// <summary>What goes with a version into its commit.</summary>
    /// <param name="unit">What is committed.</param>
    /// <param name="before">The version before; null: it is new.</param>
    /// <param name="after">The version.</param>
    /// <param name="facts">What goes on record of the change.</param>
    /// <param name="notices">What the change tells besides.</param>
    public void Include(
        UnitOfWork unit,
        JointApplication? before,
        JointApplication after,
        IReadOnlyList<JointFact> facts,
        IReadOnlyList<Notice> notices
    )
    {
        var now = StoredTime.From(time.GetUtcNow());
        unit.Record(facts.Select(fact => Draft(after, fact)));
        foreach (var leg in after.Legs)
        {
            Include(unit, after, before?.Leg(leg.Utility), leg);
        }

        if (before is null)
        {
            JointCase.Open(unit, cases, after);
        }
        else
        {
            notices = [.. JointApplicationNotifications.Between(before, after, now), .. notices];
        }

        unit.AppendRange(notices.SelectMany(outbox.Rows));
        SetIfMoved(unit, JointTimers.Deadline, after.JointId, before?.LookAt, after.LookAt);
        SetIfMoved(unit, JointTimers.ProofRecheck, after.JointId, before?.AskAgainAt, after.AskAgainAt);
        if (HasEnded(after) && before is not null && !HasEnded(before))
        {
            JointCase.End(unit, cases, after, now);
        }
    }

    /// <summary>A leg's timer and its place on a work list.</summary>
    private static void Include(UnitOfWork unit, JointApplication after, Leg? was, Leg leg)
    {
        SetIfMoved(unit, JointTimers.Leg, leg.LegId.ToString(), was?.WakeAt, leg.WakeAt);
        var list = new WorkListWrite(after, was, leg);
        if (list.IsNeeded)
        {
            unit.Write(list);
        }
    }

    private EvidenceDraft Draft(JointApplication joint, JointFact fact) =>
        new()
        {
            EvidenceId = Identifiers.New("evd", time),
            Kind = EvidenceKind.Leg,
            CaseId = joint.CaseId,
            CaseOwner = joint.CallerId,
            ParentId = joint.JointId,
            CallerId = joint.CallerId,
            Purpose = joint.Purpose,
            Basis = joint.Basis,
            Grants = fact.Grants ?? JointFact.NoGrants,
            Subject = fact.Subject,
            Outcome = fact.Outcome,
            Detail = fact.Detail,
            Call = fact.Call,
            Failure = fact.Failure,
            PolicyVersion = joint.PolicyVersion,
            At = time.GetUtcNow(),
        };

    private static bool HasEnded(JointApplication joint) => joint.State is JointState.Closed or JointState.Withdrawn;

    private static void SetIfMoved(
        UnitOfWork unit,
        string kind,
        string key,
        DateTimeOffset? before,
        DateTimeOffset? after
    )
    {
        if (after != before)
        {
            unit.SetTimer(kind, key, after);
        }
    }
}
