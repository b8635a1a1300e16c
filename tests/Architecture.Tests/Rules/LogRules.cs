using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Integration.Architecture.Tests.Rules;

/// <summary>Log events can be told apart for ever: by number, by name, and by the range of their folder.</summary>
internal static class LogRules
{
    /// <summary>First event id of a folder; a range is 100 wide where the next folder begins there.</summary>
    private static readonly (string Prefix, int First, int Last)[] s_ranges =
    [
        ("Integration.Gateway.Platform.", 1000, 1099),
        ("Integration.Gateway.Callers.", 1100, 1199),
        ("Integration.Gateway.Grants.", 1200, 1299),
        ("Integration.Gateway.Evidence.", 1300, 1399),
        ("Integration.Gateway.Policy.", 1400, 1499),
        ("Integration.Gateway.Clocks.", 1500, 1599),
        ("Integration.Gateway.Signatures.", 1600, 1629),
        ("Integration.Gateway.Cases.", 1630, 1659),
        ("Integration.Gateway.Notices.", 1660, 1699),
        ("Integration.Gateway.Audit.", 1700, 1709),
        ("Integration.Gateway.Limits.", 1710, 1719),
        ("Integration.Gateway.Operations.", 1720, 1739),
        ("Integration.Gateway.Verifications.", 2000, 2099),
        ("Integration.Gateway.Sharing.", 1900, 1999),
        ("Integration.Gateway.Applications.", 2100, 2199),
        ("Integration.Gateway.Events.", 2200, 2299),
        ("Integration.Gateway.JointApplications.", 2300, 2399),
        ("Integration.Adapters.", 3000, 3999),
        ("Integration.Sandbox.", 9000, 9499),
        ("Integration.Try.", 9500, 9999),
    ];

    public static IReadOnlyList<LogEvent> Events(IEnumerable<Type> types) =>
        [
            .. from type in types
            from method in type.GetMethods(
                BindingFlags.Static
                    | BindingFlags.Instance
                    | BindingFlags.Public
                    | BindingFlags.NonPublic
                    | BindingFlags.DeclaredOnly
            )
            let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
            where attribute is not null
            select new LogEvent(attribute.EventId, attribute.EventName ?? method.Name, type),
        ];

    public static IEnumerable<string> UsedTwice(IReadOnlyList<LogEvent> events) =>
        [
            .. from same in events.GroupBy(log => log.Id)
            where same.Count() > 1
            select $"Event id {same.Key} is used by {string.Join(", ", same)}",
            .. from same in events.GroupBy(log => log.Name, StringComparer.Ordinal)
            where same.Count() > 1
            select $"Event name {same.Key} is used by {string.Join(", ", same)}",
        ];

    public static IEnumerable<string> OutOfRange(IReadOnlyList<LogEvent> events) =>
        from log in events
        where !s_ranges.Any(range => log.IsBelow(range.Prefix) && log.Id >= range.First && log.Id <= range.Last)
        select $"{log} is outside its folder's range";

    /// <summary>Messages live in a nested private static class <c>Log</c> next to where they are written.</summary>
    public static IEnumerable<string> OutsideLog(IReadOnlyList<LogEvent> events) =>
        from log in events
        where log.Owner is not { Name: "Log", IsNestedPrivate: true }
        select $"{log} is not in a nested private class Log";
}

/// <summary>One log message.</summary>
internal sealed record LogEvent(int Id, string Name, Type Owner)
{
    public bool IsBelow(string prefix) => Owner.FullName!.StartsWith(prefix, StringComparison.Ordinal);

    public override string ToString() => $"{Owner.FullName}.{Name} ({Id})";
}
