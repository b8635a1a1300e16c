using CsCheck;
using Integration.Gateway.Sharing.Catalogue;

namespace Integration.Gateway.Tests.Sharing.Catalogue;

public sealed class PathTemplateTests
{
    /// <summary>Few words, so that random templates and paths often meet; one of them twice but for its case.</summary>
    private static readonly Gen<string> Words = Any("a", "A", "b", "c.d", "~", "...");

    private static readonly Gen<string[]> Paths = Words.Array[1, 4];

    private static readonly Gen<PathTemplate> Templates =
        from words in Paths
        from parameters in Gen.Bool.Array[words.Length]
        select Parsed(string.Join('/', words.Select((word, index) => parameters[index] ? $"{{p{index}}}" : word)));

    [Theory]
    [InlineData("query", "query", true)]
    [InlineData("query", "Query", false)]
    [InlineData("query", "query/", false)]
    [InlineData("query", "/query", false)]
    [InlineData("query", "", false)]
    [InlineData("projects/{code}", "projects/2026-1", true)]
    [InlineData("projects/{code}", "projects", false)]
    [InlineData("projects/{code}", "projects/", false)]
    [InlineData("projects/{code}", "projects/1/2", false)]
    [InlineData("projects/{code}/steps", "projects/1/steps", true)]
    [InlineData("projects/{code}/steps", "projects//steps", false)]
    public void A_path_fits_segment_by_segment(string template, string path, bool fits) =>
        Assert.Equal(fits, Parsed(template).Matches(path, out _));

    [Fact]
    public void The_values_of_the_path_stand_in_the_target_as_they_were_sent()
    {
        Assert.True(Parsed("projects/{code}/steps/{step}").Matches("projects/%E4%B8%AD/steps/b~", out var values));

        Assert.Equal("api/b~/of/%E4%B8%AD", Parsed("api/{step}/of/{code}").Fill(values));
    }

    [Fact]
    public void What_a_template_was_filled_with_is_what_matching_finds() =>
        Gen.Select(Templates, Words.Array[4])
            .Sample(
                (template, words) =>
                {
                    var values = template
                        .Parameters.Zip(words)
                        .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

                    var path = template.Fill(values);

                    Assert.True(template.Matches(path, out var found));
                    Assert.Equal(values, found);
                    Assert.Equal(path, template.Fill(found));
                }
            );

    [Fact]
    public void A_path_fits_exactly_when_it_has_as_many_segments_and_the_same_literals() =>
        Gen.Select(Templates, Paths)
            .Sample(
                (template, path) =>
                {
                    var segments = template.Text.Split('/');
                    var expected =
                        segments.Length == path.Length
                        && segments.Zip(path).All(pair => pair.First[0] == '{' || pair.First == pair.Second);

                    Assert.Equal(expected, template.Matches(string.Join('/', path), out _));
                }
            );

    /// <summary>Every path of the words of both, in any case: some fits both exactly when the two overlap.</summary>
    [Fact]
    public void Two_templates_overlap_exactly_when_some_path_fits_both() =>
        Gen.Select(Templates, Templates)
            .Sample(
                (one, other) =>
                {
                    var (first, second) = (Lowered(one), Lowered(other));
                    var words = first.Text.Split('/').Concat(second.Text.Split('/')).Where(word => word[0] != '{');
                    var some = PathsOf(
                            [.. words.Append("x").Distinct(StringComparer.Ordinal)],
                            first.Text.Split('/').Length
                        )
                        .Any(path => first.Matches(path, out _) && second.Matches(path, out _));

                    Assert.Equal(some, one.Overlaps(other));
                    Assert.Equal(some, other.Overlaps(one));
                }
            );

    private static PathTemplate Lowered(PathTemplate template) => Parsed(template.Text.ToLowerInvariant());

    private static IEnumerable<string> PathsOf(string[] words, int length) =>
        length == 1 ? words : PathsOf(words, length - 1).SelectMany(path => words.Select(word => $"{path}/{word}"));

    private static PathTemplate Parsed(string text)
    {
        var (template, fault) = PathTemplate.Parse(text);
        Assert.Null(fault);
        return template!;
    }

    private static Gen<string> Any(params string[] values) =>
        Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
