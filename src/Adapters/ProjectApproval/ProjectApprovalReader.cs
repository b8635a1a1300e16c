using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;

namespace Integration.Adapters.ProjectApproval;

/// <summary>Makes facts of the platform's answer.</summary>
internal static class ProjectApprovalReader
{
    private const int LongestCode = 64;

    public static Reading<ProjectApprovalFacts> Read(ProjectAnswer answer, CreditCode asked) =>
        answer switch
        {
            { Code: null } => WireFailure.Structure("code"),
            { Code: "401" } => CallFailure.Secret("code-401"),
            { Code: "403" } => WireFailure.Credentials(answer.Code),
            { Code: not "200" } => WireFailure.Envelope(answer.Code),
            _ => WireJson
                .ReadRows(answer.Data, ProjectApprovalJson.Default.IReadOnlyListProjectRow)
                .Succeeded(out var rows, out var failure)
                ? ReadRows(rows, asked)
                : failure,
        };

    private static Reading<ProjectApprovalFacts> ReadRows(IReadOnlyList<ProjectRow> rows, CreditCode asked)
    {
        var projects = new List<ProjectApprovalFacts>(rows.Count);
        foreach (var row in rows)
        {
            if (!ReadRow(row, asked).Succeeded(out var project, out var failure))
            {
                return failure;
            }

            projects.Add(project);
        }

        // Project codes begin with year and month, so the greatest is the latest; one in force comes before any that lapsed.
        return
            projects
                .OrderByDescending(project => project.IsApproved)
                .ThenByDescending(project => project.ProjectCode, StringComparer.Ordinal)
                .FirstOrDefault()
                is { } latest
            ? latest
            : new Reading<ProjectApprovalFacts>.Unknown();
    }

    private static WireRead<ProjectApprovalFacts> ReadRow(ProjectRow row, CreditCode asked)
    {
        if (CreditCode.Parse(row.Uscc) is not { IsValid: true } enterprise)
        {
            return WireFailure.Field("uscc");
        }

        if (enterprise.Value != asked)
        {
            return WireFailure.Binding("uscc");
        }

        return (row.ProjectCode, row.Status) switch
        {
            (null or { Length: > LongestCode }, _) => WireFailure.Field("projectCode"),
            ({ } code, "已批复") => new ProjectApprovalFacts(code, IsApproved: true),
            ({ } code, "已失效") => new ProjectApprovalFacts(code, IsApproved: false),
            _ => WireFailure.Field("status"),
        };
    }
}
