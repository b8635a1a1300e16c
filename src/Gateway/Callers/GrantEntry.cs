using System.Collections.Frozen;
using System.Text.Json;
using Integration.Contracts.Problems;

namespace Integration.Gateway.Callers;

/// <summary>Reads one element of <c>grants</c>.</summary>
internal static class GrantEntry
{
    /// <summary>Approval documents name days, and days are those of China.</summary>
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static Grant Read(JsonElement element, string pointer, GrantVocabulary vocabulary, List<FieldFault> faults)
    {
        var entry = new StrictObject(
            element,
            pointer,
            faults,
            "id",
            "client",
            "service",
            "purposes",
            "fields",
            "validFrom",
            "validUntil",
            "approvalNumber"
        );
        var service = entry.Text("service");
        var fields = vocabulary.Fields.GetValueOrDefault(service);
        if (fields is null && service.Length > 0)
        {
            entry.Fault("service", "unknown-value", "There is no such service.");
        }

        var (from, until) = Validity(entry);
        return new Grant
        {
            Id = entry.Text("id"),
            Client = entry.Text("client"),
            Service = service,
            Purposes = entry
                .Texts("purposes", vocabulary.Purposes.Contains, "There is no such purpose.")
                .ToFrozenSet(StringComparer.Ordinal),
            // The fields of an unknown service cannot be judged; the service is the fault.
            Fields = entry
                .Texts("fields", field => fields is null || fields.Contains(field), "The service has no such field.")
                .ToFrozenSet(StringComparer.Ordinal),
            From = from,
            Until = until,
            ApprovalNumber = entry.Text("approvalNumber"),
        };
    }

    private static (DateTimeOffset From, DateTimeOffset Until) Validity(StrictObject entry)
    {
        var (from, until) = (entry.Date("validFrom"), entry.Date("validUntil"));
        if (until < from)
        {
            entry.Fault("validUntil", "contradiction", "It ends before it begins.");
        }

        return (
            StartOf(from ?? default),
            until == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf((until ?? default).AddDays(1))
        );
    }

    private static DateTimeOffset StartOf(DateOnly day) =>
        day == default ? DateTimeOffset.MinValue : new DateTimeOffset(day, TimeOnly.MinValue, China);
}
