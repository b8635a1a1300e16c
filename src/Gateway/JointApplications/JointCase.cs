using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Cases;
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
        cases.Change(
            file.CallerId,
            file.CaseId,
            (db, found) =>
                found is null or not { State: CaseState.Open, ApplicationId: null }
                || found.Clocks.Any(clock => clock.IsRunning)
                || HasOthers(db, file)
                    ? CaseChange.None(found)
                    : found with
                    {
                        State = file.State == JointState.Closed ? CaseState.Closed : CaseState.Withdrawn,
                        ClosedAt = at,
                    }
        );

    private static bool HasOthers(GatewayDb db, JointFile file) =>
        db.Set<JointRow>()
            .AsNoTracking()
            .Any(row =>
                row.CaseId == file.CaseId
                && row.CallerId == file.CallerId
                && row.JointId != file.JointId
                && row.OpenKey != null
            );
}
