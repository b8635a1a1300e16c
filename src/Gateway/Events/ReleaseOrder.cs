using Integration.Contracts.V1.Operations;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Events;

/// <summary>Why operators have an event processed again.</summary>
/// <param name="Reason">1 to 200 characters.</param>
internal sealed record ReleaseOrder(string Reason)
{
    private const int LongestReason = 200;

    public static ReleaseOrder? Read(ReleaseRequest request, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            faults.Add("/reason", "missing", "A reason is needed.");
        }
        else if (request.Reason.Length > LongestReason)
        {
            faults.Add("/reason", "length", "A reason has at most 200 characters.");
        }

        return faults.IsEmpty ? new ReleaseOrder(request.Reason!) : null;
    }
}
