using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Integration.Gateway.Callers;

/// <summary>Reads one element of <c>grants</c>.</summary>
internal static partial class GrantEntry
{
    /// <summary>Approval documents name days, and days are those of China.</summary>
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private const string OfShared = "Only grants of shared resources have it.";

    /// <summary>One grant; faults are noted.</summary>
    /// <param name="document">The entry.</param>
    /// <param name="vocabulary">The words it may use.</param>
    /// <param name="clients">The ids of the file's clients, for the owners that it names.</param>
    /// <param name="entry">Where faults go.</param>
    public static Grant Read(
        GrantDocument document,
        GrantVocabulary vocabulary,
        HashSet<string> clients,
        EntryFaults entry
    )
    {
        var service = entry.Text("service", document.Service);
        var fields = vocabulary.Fields.GetValueOrDefault(service);
        var shared = SharedName().IsMatch(service);
        if (fields is null && !shared && service.Length > 0)
        {
            entry.Add("service", "unknown-value", "There is no such service.");
        }

        var (from, until) = Validity(document, entry);
        return new Grant
        {
            Id = entry.Text("id", document.Id),
            Client = entry.Text("client", document.Client),
            Service = service,
            Purposes = entry.Texts(
                "purposes",
                document.Purposes,
                vocabulary.Purposes.Contains,
                "There is no such purpose."
            ),
            // The fields of an unknown service cannot be judged; the service is the fault.
            Fields = entry.Texts(
                "fields",
                document.Fields,
                field => IsField(field, fields, shared, vocabulary),
                "The service has no such field."
            ),
            Methods = shared
                ? entry.Texts("methods", document.Methods, word => word is "GET" or "POST", "GET or POST is needed.")
                : Absent("methods", document.Methods, OfShared, entry),
            Paths = shared
                ? entry.Texts(
                    "paths",
                    document.Paths,
                    word => word.Length is > 0 and <= 256,
                    "A path template is needed."
                )
                : Absent("paths", document.Paths, OfShared, entry),
            Owners = Owners(document, isAllowed: service == vocabulary.WithOwners, clients, entry),
            From = from,
            Until = until,
            ApprovalNumber = entry.Text("approvalNumber", document.ApprovalNumber),
        };
    }

    private static bool IsField(string field, FrozenSet<string>? fields, bool shared, GrantVocabulary vocabulary) =>
        shared ? vocabulary.SharedFieldFault(field) is null : fields is null || fields.Contains(field);

    private static FrozenSet<string> Owners(
        GrantDocument document,
        bool isAllowed,
        HashSet<string> clients,
        EntryFaults entry
    ) =>
        !isAllowed ? Absent("owners", document.Owners, "Only grants of the service cases have it.", entry)
        : document.Owners is null ? []
        : entry.Texts("owners", document.Owners, clients.Contains, "There is no such client.");

    private static FrozenSet<string> Absent(string member, IReadOnlyList<string>? list, string fault, EntryFaults entry)
    {
        if (list is not null)
        {
            entry.Add(member, "unknown-member", fault);
        }

        return [];
    }

    [GeneratedRegex("^share:[a-z][a-z0-9-]{0,47}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex SharedName();

    private static (DateTimeOffset From, DateTimeOffset Until) Validity(GrantDocument document, EntryFaults entry)
    {
        var from = entry.Needed("validFrom", document.ValidFrom);
        var until = entry.Needed("validUntil", document.ValidUntil);
        if (document.ValidUntil < document.ValidFrom)
        {
            entry.Add("validUntil", "contradiction", "It ends before it begins.");
        }

        return (StartOf(from), until == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(until.AddDays(1)));
    }

    private static DateTimeOffset StartOf(DateOnly day) =>
        day == default ? DateTimeOffset.MinValue : new DateTimeOffset(day, TimeOnly.MinValue, China);
}
