using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Cases;
using Integration.Gateway.JointApplications.Places;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications;

/// <summary>The case that a joint application stands in.</summary>
internal static class JointCase
{
    /// <summary>Opens the case unless it is there; one that had ended goes on.</summary>
    public static Action<GatewayDb> Opened(JointFile file) =>
        CaseBook.OpenIfAbsent(
            new CaseFile
            {
                CaseId = file.CaseId,
                CallerId = file.CallerId,
                Purpose = file.Purpose,
                OpenedAt = file.OpenedAt,
                PolicyVersion = file.PolicyVersion,
            },
            (_, present) =>
                present.State == CaseState.Open ? present : present with { State = CaseState.Open, ClosedAt = null }
        );

    /// <summary>Ends the case with its joint application, unless something else goes on in it.</summary>
    public static Action<GatewayDb> Ended(CaseBook cases, JointFile file, DateTimeOffset at) =>
        Ended(
            cases,
            (file.CallerId, file.CaseId),
            file.JointId,
            file.State == JointState.Closed ? CaseState.Closed : CaseState.Withdrawn,
            at
        );

    /// <summary>Ends a case in which nothing was opened after all, unless something else goes on in it.</summary>
    public static Action<GatewayDb> EndedWithout(CaseBook cases, string callerId, string caseId, DateTimeOffset at) =>
        Ended(cases, (callerId, caseId), jointId: string.Empty, CaseState.Closed, StoredTime.Of(at));

    private static Action<GatewayDb> Ended(
        CaseBook cases,
        (string CallerId, string CaseId) known,
        string jointId,
        CaseState state,
        DateTimeOffset at
    ) =>
        cases.Change(
            known.CallerId,
            known.CaseId,
            (db, found) =>
                found is null or not { State: CaseState.Open, ApplicationId: null }
                || found.Clocks.Any(clock => clock.IsRunning)
                || HasOthers(db, known.CallerId, known.CaseId, jointId)
                    ? CaseChange.None(found)
                    : found with
                    {
                        State = state,
                        ClosedAt = at,
                    }
        );

    private static bool HasOthers(GatewayDb db, string callerId, string caseId, string jointId) =>
        db.Set<JointRow>()
            .AsNoTracking()
            .Where(row => row.CaseId == caseId && row.CallerId == callerId && row.JointId != jointId)
            .Any(row => db.Set<PlaceRow>().Any(place => place.JointId == row.JointId && place.IsOpen));
}
