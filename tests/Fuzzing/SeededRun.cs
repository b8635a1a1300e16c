namespace Integration.Fuzzing;

/// <summary>Mutated inputs of a target's corpus; the same seed gives the same inputs on every machine.</summary>
internal static class SeededRun
{
    /// <summary>Runs a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="seed">Of the mutations.</param>
    /// <param name="inputs">How many.</param>
    /// <returns>The finding with its input; null: there was none.</returns>
    public static string? Of(FuzzTarget target, long seed, int inputs)
    {
        var corpus = Corpus.Of(target);
        var mutator = new InputMutator(corpus, seed);
        foreach (var input in corpus)
        {
            if (Finding(target, input) is { } finding)
            {
                return finding;
            }
        }

        for (var i = 0; i < inputs; i++)
        {
            if (Finding(target, mutator.Next()) is { } finding)
            {
                return finding;
            }
        }

        return null;
    }

    private static string? Finding(FuzzTarget target, byte[] input)
    {
        try
        {
            target.Judge(input);
            return null;
        }
        catch (Exception finding)
        {
            return $"{finding}\ninput, Base64: {Convert.ToBase64String(input)}";
        }
    }
}

/// <summary>The inputs from which a target starts: small ones that reach its branches, and every find.</summary>
internal static class Corpus
{
    public static IReadOnlyList<byte[]> Of(FuzzTarget target) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", target.Name))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes),
        ];
}
