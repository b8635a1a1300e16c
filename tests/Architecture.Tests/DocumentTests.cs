using System.Reflection;
using Integration.Adapters.Utilities.Electricity;
using Integration.Adapters.Utilities.Gas;
using Integration.Adapters.Utilities.Television;
using Integration.Adapters.Utilities.Water;
using Integration.Architecture.Tests.Rules;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Applications.Model;

namespace Integration.Architecture.Tests;

public class DocumentTests
{
    private static readonly string[] s_front =
    [
        "README.md",
        "README.zh-CN.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "LICENSE",
    ];

    private static readonly string[] s_sources =
    [
        ".cs",
        ".csproj",
        ".json",
        ".props",
        ".sh",
        ".sql",
        ".txt",
        ".xml",
        ".yml",
    ];

    /// <summary>Names of other products that documents speak of and no source uses.</summary>
    private static readonly string[] s_names =
    [
        "ConserveMemory",
        "CreateChained",
        "Gen0Size",
        "IncludePeriods",
        "OnRejected",
        "ProtectKeysWithCertificate",
        "SignerInfo",
    ];

    public static TheoryData<string> Documents =>
        new(
            Repository
                .Files()
                .Where(file => file.EndsWith(".md", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_front_page_is_complete() =>
        Assert.All(s_front, file => Assert.True(File.Exists(Repository.Path(file)), file));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_resolves(string file)
    {
        Report.None(DocumentRules.BrokenLinks(Repository.Root, file));
        Report.None(DocumentRules.BrokenMentions(Repository.Root, file));
    }

    [Theory]
    [InlineData("[a](docs/nothing.md)", "docs/nothing.md")]
    [InlineData("![a](there.md#nowhere)", "there.md#nowhere")]
    [InlineData("[a](#nowhere)", "#nowhere")]
    [InlineData("`docs/nothing.md`", "docs/nothing.md")]
    public void A_planted_broken_link_is_reported(string text, string expected)
    {
        using var tree = new PlantedTree(("README.md", text), ("there.md", "# Here"));

        Report.Names(
            expected,
            [
                .. DocumentRules.BrokenLinks(tree.Root, "README.md"),
                .. DocumentRules.BrokenMentions(tree.Root, "README.md"),
            ]
        );
    }

    [Fact]
    public void A_link_that_resolves_is_not_reported()
    {
        using var tree = new PlantedTree(
            (
                "README.md",
                "[a](there.md#two-words) [b](https://example.org/x) `docs/a.md`\n```\n[c](in-a-fence.md)\n```"
            ),
            ("there.md", "## Two words!"),
            ("docs/a.md", "")
        );

        Assert.Empty(DocumentRules.BrokenLinks(tree.Root, "README.md"));
        Assert.Empty(DocumentRules.BrokenMentions(tree.Root, "README.md"));
    }

    [Fact]
    public void Every_name_that_a_document_puts_in_backquotes_exists()
    {
        var known = Repository
            .Files()
            .Where(file => s_sources.Contains(Path.GetExtension(file), StringComparer.Ordinal))
            .Where(file => Path.GetFileName(file) != "DocumentTests.cs") // it names what does not exist
            .SelectMany(file =>
                DocumentRules
                    .Words(File.ReadAllText(Repository.Path(file)))
                    .Append(Path.GetFileNameWithoutExtension(file))
            )
            .Concat(s_names)
            .ToHashSet(StringComparer.Ordinal);

        // The changelog tells of what is gone, too.
        Report.None(
            Repository
                .Files()
                .Where(file => file.EndsWith(".md", StringComparison.Ordinal) && file != "CHANGELOG.md")
                .SelectMany(file => DocumentRules.UnknownNames(file, File.ReadAllText(Repository.Path(file)), known))
        );
    }

    [Theory]
    [InlineData("`CaseStore`", false)]
    [InlineData("`CaseStore.Change`", false)]
    [InlineData("`CaseBook`", true)]
    [InlineData("`CaseStore.Alter()`", true)]
    [InlineData("`Host.Alter`", true)]
    [InlineData("`Retry-After` and CaseBook", false)]
    public void A_planted_name_that_does_not_exist_is_reported(string document, bool reported) =>
        Assert.Equal(
            reported,
            DocumentRules
                .UnknownNames("a.md", document, DocumentRules.Words("class CaseStore { void Change() }").ToHashSet())
                .Any()
        );

    [Fact]
    public void Every_problem_code_is_documented_and_every_documented_code_exists() =>
        Report.None(
            DocumentRules.Undocumented(
                typeof(ProblemCodes)
                    .GetFields(BindingFlags.Public | BindingFlags.Static)
                    .Select(field => (string)field.GetRawConstantValue()!),
                File.ReadAllText(Repository.Path("docs", "spec", "problems.md"))
            )
        );

    [Fact]
    public void A_planted_code_on_one_side_only_is_reported()
    {
        var violations = DocumentRules.Undocumented(
            ["in-code", "in-both"],
            "| `in-both` | 400 |\n| `in-document` | 400 |"
        );

        Assert.Equal(["in-code is not documented", "in-document is documented and does not exist"], violations);
    }

    [Fact]
    public void Every_test_that_a_document_names_exists()
    {
        var security = File.ReadAllText(Repository.Path("SECURITY.md"));
        var sources = Repository
            .Files("tests")
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => File.ReadAllText(Repository.Path(file)))
            .ToArray();

        Assert.True(NamedTests.Count(security) > 50);
        Report.None(NamedTests.Missing(security, sources));
    }

    [Theory]
    [InlineData("`SomeTests.Another_test`", true)]
    [InlineData("`OtherTests.A_test`", true)]
    [InlineData("`SomeTests.A_test`", false)]
    public void A_planted_test_that_does_not_exist_is_reported(string document, bool reported) =>
        Assert.Equal(reported, NamedTests.Missing(document, ["class SomeTests { void A_test() { } }"]).Any());

    [Fact]
    public void The_decision_rules_are_documented_in_their_order()
    {
        var documented = DocumentRules.Rows(File.ReadAllText(Repository.Path("docs", "spec", "decisions.md")));

        Assert.Equal(DecisionRules.All.Select(rule => (rule.Name, Word(rule.Outcome.ToString()))), documented);
    }

    [Fact]
    public void The_codes_of_providers_are_documented()
    {
        var documented = File.ReadAllLines(Repository.Path("docs", "spec", "providers.md"))
            .Select(line => line.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 5 && cells[0].StartsWith('`'))
            .Select(cells => string.Join(' ', cells).Trim('`').Replace("`", "", StringComparison.Ordinal));
        var known = Enum.GetValues<LegState>()
            .Select(state =>
                string.Join(
                    ' ',
                    Word(state.ToString()),
                    CodeOf(ElectricityOrderReader.Codes, state),
                    CodeOf(WaterReader.Codes, state),
                    CodeOf(GasReader.Codes, state),
                    CodeOf(TelevisionReader.Codes, state)
                )
            );

        Assert.Equal(known.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));

        static string CodeOf(IReadOnlyDictionary<string, LegState> codes, LegState state) =>
            codes.Single(code => code.Value == state).Key;
    }

    [Fact]
    public void Rows_of_a_document_are_read_in_their_order() =>
        Assert.Equal(
            [("b", "review"), ("a", "supplement")],
            DocumentRules.Rows("| rule | outcome |\n|---|---|\n| `b` | `review` | x |\n| `a` | `supplement` |")
        );

    [Fact]
    public void Every_health_check_has_a_runbook() =>
        Report.None(
            DocumentRules.ChecksWithoutRunbook(
                Repository
                    .Files("src")
                    .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
                    .Select(file => File.ReadAllText(Repository.Path(file))),
                File.ReadAllText(Repository.Path("docs", "runbooks", "README.md"))
            )
        );

    [Fact]
    public void A_planted_health_check_without_a_runbook_is_reported() =>
        Assert.Equal(
            ["health check b has no runbook"],
            DocumentRules.ChecksWithoutRunbook(
                ["x.AddCheck<A>(\"a\").AddCheck<B>(\"b\", null)"],
                "| check `a` | page |"
            )
        );

    [Fact]
    public void Every_document_that_code_names_exists() =>
        Report.None(
            Repository
                .Files("src")
                .Concat(Repository.Files("deploy"))
                .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
                .SelectMany(file => DocumentRules.BrokenReferences(Repository.Root, file))
        );

    [Fact]
    public void A_planted_reference_to_a_document_that_is_not_there_is_reported()
    {
        using var tree = new PlantedTree(
            ("src/A.cs", "/// see docs/spec/there.md and docs/spec/gone.md."),
            ("docs/spec/there.md", "")
        );

        Assert.Equal(
            ["src/A.cs names docs/spec/gone.md, which is not there"],
            DocumentRules.BrokenReferences(tree.Root, "src/A.cs")
        );
    }

    [Fact]
    public void Everything_public_in_the_contracts_has_a_summary() =>
        Report.None(DocumentRules.WithoutSummary(Product.Contracts, Product.Contracts.GetExportedTypes()));

    private static string Word(string outcome) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(outcome);

    [Fact]
    public void A_planted_type_without_a_summary_is_reported()
    {
        var violations = DocumentRules.WithoutSummary(Product.Tests, [typeof(Planted.PublicForNoReason)]);

        Report.Names("Planted.PublicForNoReason has no summary", violations);
    }
}
