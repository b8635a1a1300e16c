using System.Text.RegularExpressions;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Cases.Intake;

/// <summary>Reads what is reported of a case. Whether the names are known is judged by the edition that the case keeps.</summary>
internal static partial class CaseReportReader
{
    public static string? Milestone(MilestoneRequest body, FaultList faults) =>
        Name(body.Milestone, "/milestone", faults);

    public static AskedStop? Stop(StopRequest body, FaultList faults)
    {
        var clock = Name(body.Clock, "/clock", faults);
        var reason = Name(body.Reason, "/reason", faults);
        if (body.Evidence is null)
        {
            faults.Add("/evidence", "missing", "A reference to what proves it is needed.");
        }
        else if (!Reference().IsMatch(body.Evidence))
        {
            faults.Add("/evidence", "pattern", "A reference has 1 to 128 of A-Z a-z 0-9 . _ : / -");
        }

        return faults.IsEmpty ? new AskedStop(clock!, reason!, body.Evidence!) : null;
    }

    private static string? Name(string? name, string pointer, FaultList faults)
    {
        if (name is null)
        {
            faults.Add(pointer, "missing", "A name is needed.");
        }

        return name;
    }

    [GeneratedRegex("^[A-Za-z0-9._:/-]{1,128}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
