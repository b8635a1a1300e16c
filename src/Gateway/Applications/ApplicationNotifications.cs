using System.Globalization;
using System.Text.Json;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Notices;

namespace Integration.Gateway.Applications;

/// <summary>What a notice says about an application: numbers and codes, nothing personal. Pure.</summary>
internal static class ApplicationNotifications
{
    /// <summary>Where the application stands, beside <c>applicationId</c> and <c>decision</c>.</summary>
    public static IReadOnlyDictionary<string, string?> From(Application application) =>
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["rule"] = application.Decision!.Rule,
            ["missing"] = application.Decision.Missing.Count.ToString(CultureInfo.InvariantCulture),
            ["limits"] = string.Join("; ", application.Limits.Select(Text)),
            ["simpleConnection"] = application.SimpleConnection is { } simple ? Text(simple) : null,
            ["supplyPlan"] = application.Supply?.Plan?.Connection,
            ["recheckAt"] = application.RecheckAt is { } moment ? Text(moment) : null,
        };

    /// <summary>The decision was changed by the gateway itself; null when it was not.</summary>
    public static Notice? Changed(Application before, Application after)
    {
        var (then, now) = (before.Decision!, after.Decision!);
        return
            (then.Outcome, then.Rule, then.Missing.Count) == (now.Outcome, now.Rule, now.Missing.Count)
            && before.SimpleConnection?.Eligible == after.SimpleConnection?.Eligible
            ? null
            : new Notice
            {
                Type = NoticeTypes.CaseChanged,
                CallerId = after.CallerId,
                CaseId = after.CaseId,
                At = now.DecidedAt,
                Data = new Dictionary<string, string?>(From(after), StringComparer.Ordinal)
                {
                    ["applicationId"] = after.ApplicationId,
                    ["decision"] = Camel(now.Outcome),
                    ["before"] = Camel(then.Outcome),
                    ["because"] = "recheck",
                },
            };
    }

    /// <summary><c>yes</c>, <c>no</c>, or <c>unknown</c> as long as nothing speaks against it.</summary>
    private static string Text(SimpleConnectionResult simple) =>
        simple.Eligible ? "yes"
        : simple.Conditions.Any(condition => condition.Holds == Holding.No) ? "no"
        : "unknown";

    private static string Text(ApplicationLimit limit) =>
        limit.DueAt is { } due ? $"{limit.Name} {Text(due)}" : $"{limit.Name} ({limit.Note})";

    private static string Text(DateTimeOffset moment) =>
        moment.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Camel(DecisionOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
}
