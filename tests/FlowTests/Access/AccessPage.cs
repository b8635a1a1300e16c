using System.Text;

namespace Integration.FlowTests.Access;

/// <summary>The access table as the page <c>docs/spec/access.md</c>.</summary>
internal static class AccessPage
{
    /// <summary>Set to write the page instead of comparing it.</summary>
    public const string Variable = "INTEGRATION_WRITE_PAGES";

    private const string Head = """
        # Who gets what from each endpoint

        Made from `tests/FlowTests/Access/AccessTable.cs`, which asks a running gateway for every cell; an endpoint without a row fails
        the build's tests. After a change of the table: `INTEGRATION_WRITE_PAGES=1 dotnet test --project tests/FlowTests -- --filter-class "*AccessTests"`.

        Objects belong to `hall`; `hall-ended` is asked about objects of its own, made while its grants held. `hall-other` has every grant
        of `hall`; `hall-bare` and `network-bare` have none. A number is the HTTP status, with the problem's code where it is not the usual
        one (401 `unauthenticated`, 403 `not-granted`, 404 `not-found`). What a client may not know of is 404, in the same words as what
        does not exist. What was answered to a client once stays readable for it; every new question and every act needs a grant that holds.

        """;

    public static string Render()
    {
        var page = new StringBuilder(Head).Append('\n');
        Line(page, ["endpoint", "about", .. AccessClients.All.Select(AccessClients.IdOf)]);
        Line(page, Enumerable.Repeat("---", AccessClients.All.Count + 2));
        foreach (var row in AccessTable.Rows)
        {
            Line(
                page,
                [
                    $"`{row.Endpoint}`",
                    row.Thing,
                    .. row.Answers.Select(answer => answer.Replace(":", " ", StringComparison.Ordinal)),
                ]
            );
        }

        return page.ToString();
    }

    /// <summary>Where the page stands in this clone.</summary>
    public static string File
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Integration.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside a clone.");
            }

            return Path.Combine(folder.FullName, "docs", "spec", "access.md");
        }
    }

    private static void Line(StringBuilder page, IEnumerable<string> cells) =>
        page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
