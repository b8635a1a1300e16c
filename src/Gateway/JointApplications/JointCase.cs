using Integration.Gateway.Cases;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.JointApplications;

/// <summary>The case that a joint application stands in.</summary>
internal static class JointCase
{
    /// <summary>Opens the case unless it is there.</summary>
    public static Action<GatewayDb> Opened(JointFile file) =>
        CaseBook.OpenIfAbsent(
            new CaseFile
            {
                CaseId = file.CaseId,
                CallerId = file.CallerId,
                Purpose = file.Purpose,
                OpenedAt = file.OpenedAt,
                PolicyVersion = file.PolicyVersion,
            }
        );
}
