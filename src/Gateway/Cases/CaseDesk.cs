using Integration.Contracts.Problems;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases.Storage;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>
/// Finds the case a caller means and says what the caller may do with it. Case numbers are the callers' own: two callers
/// may use the same one. Whoever may see none of them is told that there is none.
/// </summary>
internal sealed class CaseDesk(IDbContextFactory<GatewayDb> factory, TimeProvider time)
{
    /// <summary>For a look: the owner and operators see all, the client that reported it by an event a part.</summary>
    public async Task<Result<FoundCase>> ToShow(
        CallerContext caller,
        CaseName name,
        CancellationToken cancellationToken
    )
    {
        var all = await All(name, cancellationToken);
        var mine = caller.Caller;
        return One([
            .. all.Where(row => row.CallerId == mine.Id || mine.Kind == CallerKind.Ops).Select(Whole),
            .. all.Where(row => row.CallerId != mine.Id && row.ReportedBy == mine.Id && mine.Kind != CallerKind.Ops)
                .Select(row => Whole(row) with { IsPart = true }),
        ]);
    }

    /// <summary>For a report: the owner, or a client with a grant for cases of this purpose.</summary>
    public async Task<Result<FoundCase>> ToReport(
        CallerContext caller,
        CaseName name,
        CancellationToken cancellationToken
    )
    {
        var all = (await All(name, cancellationToken)).Select(Whole).ToList();
        var own = all.Where(found => found.File.CallerId == caller.Caller.Id).ToList();
        return One(own.Count > 0 ? own : [.. all.Select(found => Granted(caller, found)).OfType<FoundCase>()]);
    }

    private static Result<FoundCase> One(IReadOnlyList<FoundCase> found) =>
        found.Count switch
        {
            0 => Refusal.NotFound("This case"),
            1 => found[0],
            _ => Refusal.RequestInvalid([
                new FieldFault(
                    "query:caller",
                    "ambiguous",
                    "Several callers use this case number; name the one that is meant."
                ),
            ]),
        };

    private static FoundCase Whole(CaseRow row) => new(row, CaseFile.FromJson(row.File));

    private async Task<List<CaseRow>> All(CaseName name, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(row => row.CaseId == name.CaseId && (name.Owner == null || row.CallerId == name.Owner))
            .OrderBy(row => row.CaseKey)
            .Take(100)
            .ToListAsync(cancellationToken);
    }

    private FoundCase? Granted(CallerContext caller, FoundCase found)
    {
        var demand = new GrantDemand(ServiceFields.Cases, found.File.Purpose, []);
        var check = GrantedRequest.Check(
            caller.Callers,
            caller.Caller,
            found.File.CaseId,
            found.File.Purpose,
            [demand],
            time.GetUtcNow()
        );
        return check.Succeeded(out var granted, out _) ? found with { Grants = granted.GrantsText } : null;
    }
}

/// <summary>A case as a request names it.</summary>
/// <param name="CaseId">The number.</param>
/// <param name="Owner">Whose; null: whichever the caller may see.</param>
internal sealed record CaseName(string CaseId, string? Owner);

/// <summary>A case that the caller may use.</summary>
internal sealed record FoundCase(CaseRow Row, CaseFile File)
{
    /// <summary>The grants that allow it; the owner needs none.</summary>
    public string Grants { get; init; } = "owner";

    /// <summary>Only state, acceptance and the caller's own events are shown.</summary>
    public bool IsPart { get; init; }
}
