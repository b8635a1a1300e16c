using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Contracts.Problems;

namespace Integration.Gateway.Callers;

/// <summary>Reads one element of <c>grants</c>.</summary>
internal static partial class GrantEntry
{
    /// <summary>Approval documents name days, and days are those of China.</summary>
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>One grant; faults are noted.</summary>
    /// <param name="element">The entry.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="vocabulary">The words it may use.</param>
    /// <param name="clients">The ids of the file's clients, for the owners that it names.</param>
    /// <param name="faults">Where faults go.</param>
    public static Grant Read(
        JsonElement element,
        string pointer,
        GrantVocabulary vocabulary,
        HashSet<string> clients,
        List<FieldFault> faults
    )
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
            "methods",
            "paths",
            "owners",
            "validFrom",
            "validUntil",
            "approvalNumber"
        );
        var service = entry.Text("service");
        var fields = vocabulary.Fields.GetValueOrDefault(service);
        var shared = SharedName().IsMatch(service);
        if (fields is null && !shared && service.Length > 0)
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
                .Texts("fields", field => IsField(field, fields, shared, vocabulary), "The service has no such field.")
                .ToFrozenSet(StringComparer.Ordinal),
            Methods = shared
                ? Words(entry, "methods", word => word is "GET" or "POST", "GET or POST is needed.")
                : Absent(entry, "methods"),
            Paths = shared
                ? Words(entry, "paths", word => word.Length is > 0 and <= 256, "A path template is needed.")
                : Absent(entry, "paths"),
            Owners = Owners(entry, isAllowed: service == vocabulary.WithOwners, clients),
            From = from,
            Until = until,
            ApprovalNumber = entry.Text("approvalNumber"),
        };
    }

    private static bool IsField(string field, FrozenSet<string>? fields, bool shared, GrantVocabulary vocabulary) =>
        shared ? vocabulary.SharedFieldFault(field) is null : fields is null || fields.Contains(field);

    private static FrozenSet<string> Words(StrictObject entry, string member, Func<string, bool> known, string fault) =>
        entry.Texts(member, known, fault).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenSet<string> Owners(StrictObject entry, bool isAllowed, HashSet<string> clients)
    {
        const string member = "owners";
        return !isAllowed ? Absent(entry, member, "Only grants of the service cases have it.")
            : entry.Optional(member) is null ? []
            : Words(entry, member, clients.Contains, "There is no such client.");
    }

    private static FrozenSet<string> Absent(
        StrictObject entry,
        string member,
        string fault = "Only grants of shared resources have it."
    )
    {
        if (entry.Optional(member) is not null)
        {
            entry.Fault(member, "unknown-member", fault);
        }

        return [];
    }

    [GeneratedRegex("^share:[a-z][a-z0-9-]{0,47}\\z", RegexOptions.None, 100)]
    private static partial Regex SharedName();

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
