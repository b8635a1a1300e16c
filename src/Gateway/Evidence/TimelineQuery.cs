using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Evidence;

/// <summary>Which page of a timeline is asked for.</summary>
/// <param name="Before">Where it ends; null: at the newest entry.</param>
internal sealed record TimelineQuery(TimelinePlace? Before)
{
    private const string Name = "cursor";

    /// <summary>Reads the query's <c>cursor</c>.</summary>
    public static Result<TimelineQuery> Read(IQueryCollection query) =>
        query[Name].ToString() is not { Length: > 0 } text ? new TimelineQuery(Before: null)
        : TimelinePlace.Parse(text) is { } place ? new TimelineQuery(place)
        : Refusal.RequestInvalid([new FieldFault($"query:{Name}", "format", "It is no cursor of an earlier answer.")]);
}
