using Integration.Sandbox.Fixtures;

namespace Integration.Sandbox.Agencies.ProjectApproval;

/// <summary>
/// The fixtures hold no projects: every company in business has one approved project, except c02 (approval lapsed),
/// c03 and self-employed people (none); c04 has a lapsed one besides.
/// </summary>
internal static class SyntheticProjects
{
    private const string Approved = "已批复";
    private const string Lapsed = "已失效";

    public static IReadOnlyList<Project> For(Company company) =>
        company switch
        {
            { Status: not "存续" } or { Key: "c03" } or { EnterpriseSize: "个体" } => [],
            { Key: "c02" } => [Synthetic(company, 1, Lapsed)],
            { Key: "c04" } => [Synthetic(company, 1, Lapsed), Synthetic(company, 2, Approved)],
            _ => [Synthetic(company, 1, Approved)],
        };

    private static Project Synthetic(Company company, int number, string status) =>
        new(
            FormattableString.Invariant($"{2400 + number}-421022-04-01-{company.Uscc[^6..]}"),
            $"{company.Name}第{number}期项目",
            status
        );
}

/// <summary>An investment project.</summary>
internal sealed record Project(string Code, string Name, string Status);
