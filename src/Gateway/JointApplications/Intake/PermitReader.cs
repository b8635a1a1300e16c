using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.JointApplications.Intake;

/// <summary>Understands what is reported of a permit.</summary>
internal static class PermitReader
{
    /// <summary>Understands a report: the command, or null and every fault in the list.</summary>
    public static PermitCommand? Read(PermitRequest request, FaultList faults)
    {
        if (request.Permit is null)
        {
            faults.Add("/permit", "missing", "One of planning, road, greenLand, traffic is expected.");
        }

        if (request.State is null)
        {
            faults.Add("/state", "missing", "One of appliedFor, granted, refused, filed is expected.");
        }

        if (request.Reference is { } reference)
        {
            CaseFields.IsReference(reference, "/reference", faults);
        }

        if (request.Utilities is { } utilities)
        {
            if (request.State is PermitState.Granted or PermitState.Refused)
            {
                faults.Add("/utilities", "unexpected", "A decision is about the legs that it was applied for.");
            }
            else if (utilities.Count == 0 || utilities.Distinct().Count() != utilities.Count)
            {
                faults.Add("/utilities", "duplicate", "At least one utility is expected, each once.");
            }
        }

        return faults.IsEmpty
            ? new PermitCommand(request.Permit!.Value, request.State!.Value, request.Reference, request.Utilities)
            : null;
    }
}
