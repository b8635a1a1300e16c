using Integration.Contracts.V1.Cases;
using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Cases;

/// <summary>
/// One case as it stands now.
/// <code>
/// caller ──▶ case, right to see it ──▶ inspected by its evidence ──▶ a page of the timeline of all flows ──▶ answer
/// </code>
/// </summary>
internal sealed class CaseQuery(
    CaseAccess access,
    CaseTimeline timeline,
    CaseInspector inspect,
    SlaClock clock,
    TimeProvider time
)
{
    /// <summary>The case with a page of its timeline.</summary>
    /// <param name="caller">Who looks.</param>
    /// <param name="name">The case.</param>
    /// <param name="before">Where the page ends; null: at the newest entry.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Result<CaseResponse>> HandleAsync(
        CallerContext caller,
        CaseName name,
        TimelinePlace? before,
        CancellationToken cancellationToken
    )
    {
        if (!(await access.ToShowAsync(caller, name, cancellationToken)).Succeeded(out var found, out var notFound))
        {
            return notFound;
        }

        var inspected = await inspect.HandleAsync(found.Row, found.File, cancellationToken);
        var page = await timeline.PageAsync(
            inspected,
            found.IsPart ? caller.Caller.Id : null,
            before,
            cancellationToken
        );
        var answer = CaseResponses.From(inspected, page.Entries, clock, time.GetUtcNow()) with
        {
            Next = page.Next,
            Note = page.Next is null ? null : "There are older entries: ask again with cursor as next says.",
        };
        return found.IsPart ? CaseResponses.PartOf(answer) : answer;
    }
}
