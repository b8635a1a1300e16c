using Integration.Contracts.V1.Operations;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Operations;

/// <summary>What operators want.</summary>
/// <param name="Reason">1 to 200 characters.</param>
/// <param name="Until">When it is expected to end, UTC; null: not known.</param>
internal sealed record MaintenanceOrder(string Reason, DateTimeOffset? Until)
{
    private const int LongestReason = 200;

    public static MaintenanceOrder? Read(MaintenanceRequest request, DateTimeOffset now, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            faults.Add("/reason", "missing", "A reason is needed.");
        }
        else if (request.Reason.Length > LongestReason)
        {
            faults.Add("/reason", "length", "A reason has at most 200 characters.");
        }

        if (request.Until <= now)
        {
            faults.Add("/until", "past", "The expected end lies in the future.");
        }

        return faults.IsEmpty ? new MaintenanceOrder(request.Reason!, request.Until?.ToUniversalTime()) : null;
    }
}
