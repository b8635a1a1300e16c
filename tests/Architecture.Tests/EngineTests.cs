using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

public class EngineTests
{
    [Fact]
    public void What_is_tested_on_one_engine_is_tested_on_the_other()
    {
        var sources = Repository
            .Files("tests")
            .Where(file =>
                file.EndsWith(".cs", StringComparison.Ordinal)
                && !file.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal)
            )
            .Select(file => File.ReadAllText(Repository.Path(file)))
            .ToArray();

        // The spans of SQLite's commands are our own; those of PostgreSQL come from a package.
        Assert.Equal(["SqliteTracingTests has no PostgresTracingTests"], EngineRules.OnOneEngine(sources));
        Assert.Empty(EngineRules.OnOneEngine(["class SqliteATests", "class PostgresATests(int x)"]));
    }

    [Theory]
    [InlineData("sealed class SqliteATests : ATests", "SqliteATests has no PostgresATests")]
    [InlineData("class PostgresBTests()", "PostgresBTests has no SqliteBTests")]
    public void Planted_tests_on_one_engine_are_reported(string source, string expected) =>
        Assert.Equal([expected], EngineRules.OnOneEngine([source, "class ATests", "class PostgresTestDatabase"]));
}
