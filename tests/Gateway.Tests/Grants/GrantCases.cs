using System.Collections.Frozen;
using Integration.Gateway.Callers;

namespace Integration.Gateway.Tests.Grants;

/// <summary>Clients and grants in one line each; lists are words separated by blanks.</summary>
internal static class GrantCases
{
    public static Client Client(string id, bool enabled) =>
        new()
        {
            Caller = new Caller(id, CallerKind.Hall),
            Enabled = enabled,
            Require = RequiredFactors.Token,
            PublicKeys = [],
            Certificates = [],
        };

    public static Grant Grant(
        string id,
        string service,
        string purposes,
        string fields,
        DateTimeOffset from,
        DateTimeOffset until
    ) =>
        new()
        {
            Id = id,
            Client = "hall",
            Service = service,
            Purposes = Words(purposes).ToFrozenSet(StringComparer.Ordinal),
            Fields = Words(fields).ToFrozenSet(StringComparer.Ordinal),
            From = from,
            Until = until,
            ApprovalNumber = $"A-{id}",
        };

    public static string[] Words(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
