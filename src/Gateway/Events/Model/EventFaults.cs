using Integration.Contracts.Problems;
using Integration.Contracts.V1.Events;

namespace Integration.Gateway.Events.Model;

/// <summary>Faults of the application an event asks for, said of the event. Pure; names fields, never what they hold.</summary>
internal static class EventFaults
{
    /// <summary>A reader of a notice is not helped by more.</summary>
    private const int Most = 20;

    /// <summary>E.g. <c>/data/premises/lease missing; /data/consent/grantedAt future</c>.</summary>
    public static string Text(EventInput input, IReadOnlyList<FieldFault> faults) =>
        string.Join("; ", faults.Take(Most).Select(fault => $"{PointerInEvent(input, fault.Pointer)} {fault.Code}"));

    /// <summary>Where a member of the application comes from.</summary>
    private static string PointerInEvent(EventInput input, string pointer)
    {
        var electricity = "/data/utilities/electricity";
        var consent = input.Data?.Utilities?.Electricity?.Consent is null ? "/data/consent" : $"{electricity}/consent";
        return pointer switch
        {
            _ when pointer.StartsWith("/applicant/enterprise", StringComparison.Ordinal) => $"/data{pointer[10..]}",
            _ when pointer.StartsWith("/basis", StringComparison.Ordinal) => $"{consent}{pointer[6..]}",
            "/capacityKw" or "/use" => $"{electricity}{pointer}",
            _ => $"/data{pointer}",
        };
    }
}
