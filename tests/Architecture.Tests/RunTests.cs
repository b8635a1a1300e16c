using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

public class RunTests
{
    private static IEnumerable<(string File, string Text)> Files(string extension) =>
        Repository
            .Files("tests")
            .Where(file =>
                file.EndsWith(extension, StringComparison.Ordinal)
                && !file.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal)
            )
            .Select(file => (file, File.ReadAllText(Repository.Path(file))));

    [Fact]
    public void No_host_of_a_test_logs_to_the_console() =>
        Report.None(
            Files(".cs")
                .Where(file => !file.File.StartsWith("tests/Benchmarks/", StringComparison.Ordinal)) // started by hand
                .SelectMany(file => RunRules.ConsoleLogs(file.File, file.Text))
        );

    [Theory]
    [InlineData("builder.AddTelemetry();", true)]
    [InlineData("var node = LocalGateway.Create(url, settings, _ => { });", true)]
    [InlineData("builder.AddGateway(); builder.Logging.KeepFromConsole(\"gateway\");", false)]
    [InlineData("services.AddTelemetryOf(this);", false)]
    public void A_planted_log_on_the_console_is_reported(string source, bool reported) =>
        Assert.Equal(reported, RunRules.ConsoleLogs("tests/A.cs", source).Any());

    [Fact]
    public void Every_test_project_is_run() =>
        Report.None(RunRules.LeftOut(Files(".csproj"), File.ReadAllText(Repository.Path("Integration.sln"))));

    [Theory]
    [InlineData("tests/A.Tests/A.Tests.csproj", "", false)]
    [InlineData("tests/B.Tests/B.Tests.csproj", "", true)]
    [InlineData("tests/A/A.csproj", "<PackageReference Include=\"xunit.v3\" />", true)]
    [InlineData("tests/A/A.csproj", "<PackageReference Include=\"xunit.v3.extensibility.core\" />", false)]
    public void A_planted_project_that_is_left_out_is_reported(string file, string text, bool reported) =>
        Assert.Equal(
            reported,
            RunRules.LeftOut([(file, text)], @"""tests\A.Tests\A.Tests.csproj"" ""tests\A\A.csproj""").Any()
        );
}
