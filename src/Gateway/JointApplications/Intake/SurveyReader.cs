using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Intake;

/// <summary>Understands a proposed visit.</summary>
internal static class SurveyReader
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(8);

    /// <summary>Understands a proposal: the command, or null and every fault in the list.</summary>
    public static SurveyCommand? Read(SurveyRequest request, DateTimeOffset now, FaultList faults)
    {
        if (request.From is not { } from)
        {
            faults.Add("/from", "missing", "The beginning of the visit is needed.");
        }
        else if (from <= now)
        {
            faults.Add("/from", "range", "A visit lies in the future.");
        }

        if (request.Until is not { } until)
        {
            faults.Add("/until", "missing", "The end of the visit is needed.");
        }
        else if (until <= request.From || until > request.From + s_longest)
        {
            faults.Add("/until", "range", "A visit ends after it began, at most 8 hours later.");
        }

        return faults.IsEmpty
            ? new SurveyCommand(StoredTime.From(request.From!.Value), StoredTime.From(request.Until!.Value))
            : null;
    }
}
