using System.Globalization;
using System.Text.Json;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Notices;

namespace Integration.Gateway.Applications.Answering;

/// <summary>What a notice says about an application: numbers and codes, nothing personal. Pure.</summary>
internal static class ApplicationNews
{
    /// <summary>Where the application stands, beside <c>applicationId</c> and <c>decision</c>.</summary>
    public static IReadOnlyDictionary<string, string?> Of(Dossier dossier) =>
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["rule"] = dossier.Decision!.Rule,
            ["missing"] = dossier.Decision.Missing.Count.ToString(CultureInfo.InvariantCulture),
            ["limits"] = string.Join("; ", dossier.Limits.Select(Text)),
            ["simpleConnection"] = dossier.SimpleConnection is { } simple ? Text(simple) : null,
            ["supplyPlan"] = dossier.Supply?.Plan?.Connection,
            ["recheckAt"] = dossier.RecheckAt is { } moment ? Text(moment) : null,
        };

    /// <summary>The decision was changed without anybody's doing; null when it was not.</summary>
    public static Notice? Changed(Dossier before, Dossier after)
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
                Data = new Dictionary<string, string?>(Of(after), StringComparer.Ordinal)
                {
                    ["applicationId"] = after.ApplicationId,
                    ["decision"] = Camel(now.Outcome),
                    ["before"] = Camel(then.Outcome),
                    ["because"] = "recheck",
                },
            };
    }

    /// <summary><c>yes</c>, <c>no</c>, or <c>unknown</c> as long as nothing speaks against it.</summary>
    private static string Text(SimpleConnection simple) =>
        simple.Eligible ? "yes"
        : simple.Conditions.Any(condition => condition.Holds == Holding.No) ? "no"
        : "unknown";

    private static string Text(Limit limit) =>
        limit.DueAt is { } due ? $"{limit.Name} {Text(due)}" : $"{limit.Name} ({limit.Note})";

    private static string Text(DateTimeOffset moment) =>
        moment.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Camel(DecisionOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
}
