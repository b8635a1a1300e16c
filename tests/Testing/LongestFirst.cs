using Xunit.Sdk;
using Xunit.v3;

namespace Integration.Testing;

/// <summary>Begins with the classes that wait longest, so that a run does not end with one of them alone.</summary>
/// <param name="classes">The classes, the longest first.</param>
public abstract class LongestFirst(params Type[] classes) : ITestCollectionOrderer
{
    private readonly string[] _first = [.. classes.Select(type => type.FullName!)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Rank)];

    /// <summary>A class without a collection of its own is named in the display name of the one that it was given.</summary>
    private int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(
            _first,
            type => collection.TestCollectionDisplayName.Contains($" {type} ", StringComparison.Ordinal)
        );
        return rank < 0 ? _first.Length : rank;
    }
}
