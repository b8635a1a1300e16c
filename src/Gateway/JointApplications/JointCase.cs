using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.JointApplications.Places;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications;

/// <summary>The case that a joint application stands in.</summary>
internal static class JointCase
{
    /// <summary>Opens the case unless it is there; one that had ended goes on.</summary>
    public static void Open(UnitOfWork unit, CaseStore cases, JointApplication opened) =>
        cases.OpenIfAbsent(
            unit,
            new Case
            {
                CaseId = opened.CaseId,
                CallerId = opened.CallerId,
                Purpose = opened.Purpose,
                OpenedAt = opened.OpenedAt,
                PolicyVersion = opened.PolicyVersion,
            },
            static present =>
                present.State == CaseState.Open ? present : present with { State = CaseState.Open, ClosedAt = null }
        );

    /// <summary>Ends the case with its joint application, unless something else goes on in it.</summary>
    public static void End(UnitOfWork unit, CaseStore cases, JointApplication ended, DateTimeOffset at) =>
        End(
            unit,
            cases,
            new OtherJointApplicationsRead(ended.CallerId, ended.CaseId, ended.JointId),
            ended.State == JointState.Closed ? CaseState.Closed : CaseState.Withdrawn,
            at
        );

    /// <summary>Ends a case in which nothing was opened after all, unless something else goes on in it.</summary>
    public static void EndWithout(
        UnitOfWork unit,
        CaseStore cases,
        string callerId,
        string caseId,
        DateTimeOffset at
    ) =>
        End(
            unit,
            cases,
            new OtherJointApplicationsRead(callerId, caseId, JointId: string.Empty),
            CaseState.Closed,
            StoredTime.From(at)
        );

    private static void End(
        UnitOfWork unit,
        CaseStore cases,
        OtherJointApplicationsRead others,
        CaseState state,
        DateTimeOffset at
    ) =>
        cases.Change(
            unit,
            others.CallerId,
            others.CaseId,
            others,
            (areOpen, found) =>
                found is null or not { State: CaseState.Open, ApplicationId: null }
                || found.Clocks.Any(clock => clock.IsRunning)
                || areOpen
                    ? CaseChange.None(found)
                    : found with
                    {
                        State = state,
                        ClosedAt = at,
                    }
        );

    /// <summary>Whether another joint application is open in the case.</summary>
    private sealed record OtherJointApplicationsRead(string CallerId, string CaseId, string JointId) : ICommitRead<bool>
    {
        public bool Read(GatewayDb db) =>
            db.Set<JointApplicationRow>()
                .AsNoTracking()
                .Where(row => row.CaseId == CaseId && row.CallerId == CallerId && row.JointId != JointId)
                .Any(row => db.Set<PlaceRow>().Any(place => place.JointId == row.JointId && place.IsOpen));
    }
}
