using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Architecture.Tests.Rules;

/// <summary>State is changed in one way: no flow opens a transaction or saves by itself, and no delegate over the database is handed on.</summary>
internal static class ChangeRules
{
    private const string Gateway = "Integration.Gateway.";

    private static readonly IReadOnlySet<string> s_commits = new HashSet<string>(StringComparer.Ordinal)
    {
        "Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade::BeginTransaction",
        "Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade::BeginTransactionAsync",
        "Microsoft.EntityFrameworkCore.DbContext::SaveChanges",
        "Microsoft.EntityFrameworkCore.DbContext::SaveChangesAsync",
    };

    /// <summary>Types that may, and why.</summary>
    private static readonly (string Type, string Reason)[] s_allowed =
    [
        (Gateway + "Evidence.EvidenceBatch", "the one commit"),
        (Gateway + "Evidence.EvidenceGate", "a probe that leaves nothing behind"),
        (Gateway + "Platform.Database.GatewayDb", "rows that are there already are changed within it"),
        (Gateway + "Platform.Database.WorkLeases", "a lease is a row of its own"),
        (Gateway + "Platform.Idempotency.IdempotentRequests", "a response of what commits nothing of its own"),
        (Gateway + "Audit.AuditTrail", "before the evidence's writer runs, and without evidence"),
        (Gateway + "Events.Inbox.EventClaims", "a claim is a conditional statement under a lock"),
    ];

    /// <summary>Types that commit by themselves and may not.</summary>
    public static IEnumerable<string> CommitsElsewhere(Assembly assembly) =>
        MemberRules.UsedElsewhere(
            assembly,
            s_commits,
            s_allowed.Select(entry => entry.Type).ToHashSet(StringComparer.Ordinal)
        );

    /// <summary>Lines that allow what does not happen any more.</summary>
    public static IEnumerable<string> Unused(Assembly assembly)
    {
        var committing = MemberRules
            .Calls(assembly)
            .Where(call => s_commits.Contains(call.Member))
            .Select(call => call.From)
            .ToHashSet(StringComparer.Ordinal);
        return s_allowed
            .Where(entry => !committing.Contains(entry.Type))
            .Select(entry => $"{entry.Type} does not commit ({entry.Reason})");
    }

    /// <summary>Methods that take or return a delegate over the database, which its receiver would add up with others.</summary>
    public static IEnumerable<string> HandedOn(IEnumerable<Type> types) =>
        from type in types
        from method in type.GetMethods(
                BindingFlags.Public
                    | BindingFlags.NonPublic
                    | BindingFlags.Instance
                    | BindingFlags.Static
                    | BindingFlags.DeclaredOnly
            )
            .Cast<MethodBase>()
            .Concat(type.GetConstructors(BindingFlags.Public | BindingFlags.Instance))
        where !method.IsPrivate // within a type it does not cross a folder
        from handed in method
            .GetParameters()
            .Select(parameter => parameter.ParameterType)
            .Append((method as MethodInfo)?.ReturnType ?? typeof(void))
        where IsDelegateOverTheDatabase(handed)
        select $"{type.FullName}.{method.Name} hands on {handed.Name} over the database";

    private static bool IsDelegateOverTheDatabase(Type type) =>
        type.IsGenericType
        && typeof(Delegate).IsAssignableFrom(type)
        && type.GetMethod("Invoke") is { } invoke
        && invoke.GetParameters().Any(parameter => typeof(DbContext).IsAssignableFrom(parameter.ParameterType));
}
