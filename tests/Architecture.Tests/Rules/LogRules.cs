using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Integration.Architecture.Tests.Rules;

/// <summary>Log events can be told apart for ever: by number, by name, and by the range of their folder.</summary>
internal static partial class LogRules
{
    /// <summary>The event ids of each folder. CONTRIBUTING.md shows them.</summary>
    public static readonly IReadOnlyList<LogRange> Ranges =
    [
        new("Integration.Gateway.Platform.", 1000, 1099),
        new("Integration.Gateway.Callers.", 1100, 1199),
        new("Integration.Gateway.Grants.", 1200, 1299),
        new("Integration.Gateway.Evidence.", 1300, 1399),
        new("Integration.Gateway.Policy.", 1400, 1499),
        new("Integration.Gateway.Clocks.", 1500, 1599),
        new("Integration.Gateway.Signatures.", 1600, 1629),
        new("Integration.Gateway.Cases.", 1630, 1659),
        new("Integration.Gateway.Notices.", 1660, 1699),
        new("Integration.Gateway.Audit.", 1700, 1709),
        new("Integration.Gateway.Limits.", 1710, 1719),
        new("Integration.Gateway.Operations.", 1720, 1739),
        new("Integration.Gateway.Sharing.", 1900, 1999),
        new("Integration.Gateway.Verifications.", 2000, 2099),
        new("Integration.Gateway.Applications.", 2100, 2199),
        new("Integration.Gateway.Events.", 2200, 2299),
        new("Integration.Gateway.JointApplications.", 2300, 2399),
        new("Integration.Adapters.", 3000, 3999),
        new("Integration.Sandbox.", 9000, 9499),
        new("Integration.Try.", 9500, 9999),
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
        where !Ranges.Any(range => log.IsBelow(range.Prefix) && log.Id >= range.First && log.Id <= range.Last)
        select $"{log} is outside its folder's range";

    /// <summary>Ranges that hold an id of another one.</summary>
    public static IEnumerable<string> Overlapping(IReadOnlyList<LogRange> ranges) =>
        from range in ranges
        from other in ranges
        where !ReferenceEquals(range, other) && range.First <= other.First && other.First <= range.Last
        select $"{range} holds the first id of {other}";

    /// <summary>Ranges that the rules have and the document does not show, or the other way round.</summary>
    public static IEnumerable<string> Undocumented(IEnumerable<LogRange> ranges, string document)
    {
        var documented = Rows()
            .Matches(document)
            .Select(row => new LogRange(
                PrefixOf(row.Groups["folder"].Value),
                int.Parse(row.Groups["first"].Value, CultureInfo.InvariantCulture),
                int.Parse(row.Groups["last"].Value, CultureInfo.InvariantCulture)
            ))
            .ToHashSet();
        var kept = ranges.ToHashSet();
        return
        [
            .. kept.Except(documented).Select(range => $"{range} is not documented"),
            .. documented.Except(kept).Select(range => $"{range} is documented and not kept"),
        ];
    }

    /// <summary><c>src/Gateway/Cases</c> is <c>Integration.Gateway.Cases.</c>.</summary>
    private static string PrefixOf(string folder) =>
        $"Integration.{folder[(folder.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '.')}.";

    [GeneratedRegex(
        @"^\| `(?<folder>(src|deploy)/[\w/]+)` \| (?<first>\d+)-(?<last>\d+) \|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Rows();

    /// <summary>Messages live in a nested private static class <c>Log</c> next to where they are written.</summary>
    public static IEnumerable<string> OutsideLog(IReadOnlyList<LogEvent> events) =>
        from log in events
        where log.Owner is not { Name: "Log", IsNestedPrivate: true }
        select $"{log} is not in a nested private class Log";
}

/// <summary>The event ids of one folder, the first and the last included.</summary>
internal sealed record LogRange(string Prefix, int First, int Last)
{
    public override string ToString() => $"{Prefix} {First}-{Last}";
}

/// <summary>One log message.</summary>
internal sealed record LogEvent(int Id, string Name, Type Owner)
{
    public bool IsBelow(string prefix) => Owner.FullName!.StartsWith(prefix, StringComparison.Ordinal);

    public override string ToString() => $"{Owner.FullName}.{Name} ({Id})";
}
