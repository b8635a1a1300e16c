using System.Text;
using Integration.Fuzzing;

namespace Integration.Gateway.Tests.Fuzzing;

/// <summary>A short run of each fuzz target with inputs that are the same on every machine; hours of it: <c>tests/fuzz.sh</c>.</summary>
public sealed class SeededFuzzTests
{
    private const int Inputs = 3_000;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Whatever_a_stranger_sends_ends_in_a_value_or_a_fault(string name)
    {
        var target = FuzzTargets.All.Single(target => target.Name == name);

        Assert.Null(SeededRun.Of(target, seed: 20261201, Inputs));
    }

    /// <summary>Each target starts from inputs that reach its branches; a folder that belongs to none is left over.</summary>
    [Fact]
    public void Each_target_has_a_corpus_and_no_corpus_is_left_over()
    {
        var folders = Directory
            .EnumerateDirectories(Path.Combine(AppContext.BaseDirectory, "Corpus"))
            .Select(Path.GetFileName);

        Assert.Equal(
            FuzzTargets.All.Select(target => target.Name).Order(StringComparer.Ordinal),
            folders.Order(StringComparer.Ordinal)
        );
        Assert.All(FuzzTargets.All, target => Assert.NotEmpty(Corpus.Of(target)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_inputs()
    {
        Assert.Equal(InputsOf(seed: 7), InputsOf(seed: 7));
        Assert.NotEqual(InputsOf(seed: 7), InputsOf(seed: 8));
    }

    /// <summary>A reader that throws, one that takes too much memory, and one that is led astray by a word of another format.</summary>
    [Theory]
    [InlineData("throws")]
    [InlineData("allocates")]
    [InlineData("differs")]
    public void A_planted_fault_is_found(string how)
    {
        var planted = new FuzzTarget(
            "request-body",
            input =>
            {
                var text = Encoding.UTF8.GetString(input);
                if (how == "throws" && text.Contains("]]", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException("planted");
                }

                if (how == "allocates" && text.Contains("}}}", StringComparison.Ordinal))
                {
                    GC.KeepAlive(new byte[256 * 1024 * 1024]);
                }

                if (how == "differs" && text.Contains("<!DOCTYPE", StringComparison.Ordinal))
                {
                    throw new FuzzFinding("planted");
                }
            }
        );

        Assert.NotNull(SeededRun.Of(planted, seed: 20261201, Inputs));
    }

    private static List<string> InputsOf(long seed)
    {
        var mutator = new InputMutator(["{\"a\":[1,2]}"u8.ToArray(), "<a>b</a>"u8.ToArray()], seed);
        return [.. Enumerable.Range(0, 50).Select(_ => Convert.ToHexString(mutator.Next()))];
    }
}
