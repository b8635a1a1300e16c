using Integration.Contracts.V1.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Notices.Operations;

/// <summary>Which notices of a subscriber operators want to be sent again.</summary>
internal sealed record ReplayOrder(DateTimeOffset? From, DateTimeOffset? Until, string? CaseId, bool DeadLettersOnly)
{
    private const int LongestCase = 64;

    public static ReplayOrder? Read(ReplayRequest request, FaultList faults)
    {
        if (request is { From: null, Until: null, CaseId: null })
        {
            faults.Add("/from", "missing", "From and until, or a case, are needed.");
        }
        else if (request.From is null != request.Until is null)
        {
            faults.Add(request.From is null ? "/from" : "/until", "missing", "From and until go together.");
        }
        else if (request.From >= request.Until)
        {
            faults.Add("/until", "range", "Until lies after from.");
        }

        if (request.CaseId is { Length: 0 or > LongestCase })
        {
            faults.Add("/caseId", "length", "A case number has 1 to 64 characters.");
        }

        return faults.IsEmpty
            ? new ReplayOrder(
                request.From?.ToUniversalTime(),
                request.Until?.ToUniversalTime(),
                request.CaseId,
                request.DeadLettersOnly ?? false
            )
            : null;
    }
}
