using System.Text.RegularExpressions;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Cases;

/// <summary>Reads what is reported of a case. Whether the names are known is judged by the edition that the case keeps.</summary>
internal static partial class CaseBodies
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
        else if (HoldsResidentId(body.Evidence))
        {
            faults.Add("/evidence", "personal-data", "A reference names what proves it and holds no identity number.");
        }

        return faults.IsEmpty ? new AskedStop(clock!, reason!, body.Evidence!) : null;
    }

    /// <summary>References stand in evidence and timelines as they are, so a person's number may not be one.</summary>
    private static bool HoldsResidentId(string reference) =>
        ResidentIdShape()
            .Matches(reference)
            .Any(found => ResidentId.Parse(found.Value.ToUpperInvariant()).Fault is null);

    private static string? Name(string? name, string pointer, FaultList faults)
    {
        if (name is null)
        {
            faults.Add(pointer, "missing", "A name is needed.");
        }

        return name;
    }

    [GeneratedRegex("^[A-Za-z0-9._:/-]{1,128}\\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Reference();

    [GeneratedRegex("(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex ResidentIdShape();
}
