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
internal sealed class ShowCase(
    CaseDesk desk,
    CaseTimeline timeline,
    InspectCase inspect,
    SlaClock clock,
    TimeProvider time
)
{
    /// <summary>The case with a page of its timeline.</summary>
    /// <param name="caller">Who looks.</param>
    /// <param name="name">The case.</param>
    /// <param name="before">Where the page ends; null: at the newest entry.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Result<CaseAnswer>> Handle(
        CallerContext caller,
        CaseName name,
        TimelinePlace? before,
        CancellationToken cancellationToken
    )
    {
        if (!(await desk.ToShow(caller, name, cancellationToken)).Succeeded(out var found, out var notFound))
        {
            return notFound;
        }

        var file = await inspect.Handle(found.Row, found.File, cancellationToken);
        var page = await timeline.Page(file, found.IsPart ? caller.Caller.Id : null, before, cancellationToken);
        var answer = CaseAnswers.Of(file, page.Entries, clock, time.GetUtcNow()) with
        {
            Next = page.Next,
            Note = page.Next is null ? null : "There are older entries: ask again with cursor as next says.",
        };
        return found.IsPart ? CaseAnswers.PartOf(answer) : answer;
    }
}
