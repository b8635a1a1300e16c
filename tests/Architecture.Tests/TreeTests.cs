using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

public class TreeTests
{
    private static IEnumerable<string> Sources =>
        Repository
            .Files("src")
            .Concat(Repository.Files("deploy"))
            .Where(file =>
                file.EndsWith(".cs", StringComparison.Ordinal)
                && !file.Contains("/Migrations/", StringComparison.Ordinal)
            );

    [Fact]
    public void No_file_names_somebodys_machine() =>
        Report.None(
            Repository
                .Files()
                .Where(TreeRules.IsText)
                .SelectMany(file => TreeRules.MachinePaths(file, File.ReadAllText(Repository.Path(file))))
        );

    [Theory]
    [InlineData("see /{0}/main/README.md", "work")]
    [InlineData("cd \"/{0}/x\"", "root")]
    [InlineData("(/{0}/a.txt)", "home/somebody")]
    [InlineData(@"C:\{0}\somebody", "Users")]
    public void A_planted_machine_path_is_reported(string text, string place) =>
        Assert.NotEmpty(
            TreeRules.MachinePaths(
                "a.md",
                string.Format(System.Globalization.CultureInfo.InvariantCulture, text, place)
            )
        );

    [Theory]
    [InlineData("GET /v1/utilities/water/{0}-list", "work")]
    [InlineData("https://gateway.example/{0}/1", "work")]
    [InlineData("src/Gateway/{0}/x", "root")]
    public void An_address_is_no_machine_path(string text, string place) =>
        Assert.Empty(
            TreeRules.MachinePaths(
                "a.md",
                string.Format(System.Globalization.CultureInfo.InvariantCulture, text, place)
            )
        );

    [Fact]
    public void Program_is_a_page_and_no_file_is_a_book() =>
        Report.None(Sources.SelectMany(file => TreeRules.TooLong(file, File.ReadAllText(Repository.Path(file)))));

    [Theory]
    [InlineData("src/Gateway/Program.cs", 26, true)]
    [InlineData("src/Gateway/Program.cs", 25, false)]
    [InlineData("src/Gateway/A.cs", 301, true)]
    [InlineData("src/Gateway/A.cs", 300, false)]
    public void A_planted_long_file_is_reported(string file, int lines, bool reported) =>
        Assert.Equal(reported, TreeRules.TooLong(file, new string('\n', lines)).Any());

    [Fact]
    public void A_case_is_looked_for_by_its_owner_and_its_number() =>
        Report.None(
            Sources
                .Where(file => file.StartsWith("src/Gateway/", StringComparison.Ordinal))
                .SelectMany(file => TreeRules.CasesByNumberAlone(file, File.ReadAllText(Repository.Path(file))))
        );

    [Theory]
    [InlineData("rows.Where(row => row.CaseId == caseId).Take(1001);", true)]
    [InlineData("rows.Where(row => row.CaseId == caseId); rows.Where(row => row.CallerId == callerId);", true)]
    [InlineData("rows.Where(row => row.CaseId == caseId && row.CallerId == callerId);", false)]
    [InlineData("rows.Where(row => row.CaseOwner == owner && row.CaseId == caseId);", false)]
    public void A_planted_look_up_by_number_alone_is_reported(string source, bool reported) =>
        Assert.Equal(reported, TreeRules.CasesByNumberAlone("src/Gateway/A.cs", source).Any());

    [Fact]
    public void Sources_name_their_subjects() =>
        Report.None(
            Sources.SelectMany(file => TreeRules.UnnamedSubjects(file, File.ReadAllText(Repository.Path(file))))
        );

    [Theory]
    [InlineData("// Nobody waits for it.", true)]
    [InlineData("/// <summary>Whatever somebody did.</summary>", true)]
    [InlineData("// No request waits for it.", false)]
    [InlineData("var body = NobodyThere;", false)]
    public void A_planted_subject_without_a_name_is_reported(string source, bool reported) =>
        Assert.Equal(reported, TreeRules.UnnamedSubjects("src/Gateway/A.cs", source).Any());

    [Fact]
    public void No_regular_expression_can_backtrack() =>
        Report.None(
            Sources
                .Where(file => file.StartsWith("src/", StringComparison.Ordinal))
                .SelectMany(file => TreeRules.TimedExpressions(file, File.ReadAllText(Repository.Path(file))))
        );

    [Theory]
    [InlineData("[GeneratedRegex(\"^a$\", RegexOptions.None, matchTimeoutMilliseconds: 100)]", true)]
    [InlineData("[GeneratedRegex(\"^a$\")]", true)]
    [InlineData("[GeneratedRegex(\"^a$\", RegexOptions.NonBacktracking)]", false)]
    public void A_planted_expression_that_can_backtrack_is_reported(string source, bool reported) =>
        Assert.Equal(reported, TreeRules.TimedExpressions("src/Gateway/A.cs", source).Any());

    [Fact]
    public void No_file_is_filed_under_a_word_that_says_nothing() =>
        Report.None(Repository.Files().SelectMany(TreeRules.NamedForNothing));

    [Fact]
    public void A_planted_folder_that_says_nothing_is_reported() =>
        Assert.NotEmpty(TreeRules.NamedForNothing("src/Gateway/Helpers/Text.cs"));
}
