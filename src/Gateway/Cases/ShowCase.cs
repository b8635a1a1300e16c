using Integration.Contracts.V1.Cases;
using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Cases;

/// <summary>
/// One case as it stands now.
/// <code>
/// caller ──▶ case, right to see it ──▶ evidence ──▶ inspected ──▶ timeline of all flows ──▶ answer
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
    public async Task<Result<CaseAnswer>> Handle(
        CallerContext caller,
        CaseName name,
        CancellationToken cancellationToken
    )
    {
        if (!(await desk.ToShow(caller, name, cancellationToken)).Succeeded(out var found, out var notFound))
        {
            return notFound;
        }

        var records = await timeline.Records(found.File, cancellationToken);
        var file = await inspect.Handle(found.Row, found.File, records, cancellationToken);
        var (entries, isCut) = await timeline.Entries(file, records, cancellationToken);
        var answer = CaseAnswers.Of(file, entries, clock, time.GetUtcNow());
        return found.IsPart
            ? CaseAnswers.PartOf(answer, caller.Caller.Id)
            : answer with
            {
                Note = isCut ? "Only the newest 1,000 entries are shown." : null,
            };
    }
}
