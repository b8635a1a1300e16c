using Integration.Gateway.Callers;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>
/// Finds the case that a caller means and says what the caller may do with it. Case numbers are the callers' own: two callers may use the same
/// one. Another than the owner needs a relation to the case: it reported the case by an event, or a grant names it and the owner. A caller
/// that may see none of them is told that there is none.
/// </summary>
internal sealed class CaseAccess(IDbContextFactory<GatewayDb> factory, TimeProvider time)
{
    /// <summary>Enough to know that a number means several cases.</summary>
    private const int Several = 2;

    /// <summary>For a look: the owner and operators see all, the client that reported it by an event a part.</summary>
    public async Task<Result<FoundCase>> ToShowAsync(
        CallerContext caller,
        CaseName name,
        CancellationToken cancellationToken
    )
    {
        var (mine, isOps) = (caller.Caller.Id, caller.Caller.Kind == CallerKind.Ops);
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(row => row.CaseId == name.CaseId && (name.Owner == null || row.CallerId == name.Owner))
            .Where(row => isOps || row.CallerId == mine || row.ReportedBy == mine)
            .OrderBy(row => row.CaseKey)
            .Take(Several)
            .ToListAsync(cancellationToken);
        return One([.. rows.Select(row => Whole(row) with { IsPart = !isOps && row.CallerId != mine })]);
    }

    /// <summary>For a report: the owner while a grant of this purpose holds, or a client with a grant for cases of this purpose and this owner.</summary>
    public async Task<Result<FoundCase>> ToReportAsync(
        CallerContext caller,
        CaseName name,
        CancellationToken cancellationToken
    )
    {
        var mine = caller.Caller.Id;
        var owners = name.Owner is { } named ? [named] : OwnersIn(caller).Prepend(mine);
        var keys = owners.Select(owner => CaseRow.KeyOf(owner, name.CaseId)).ToList();
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(row => keys.Contains(row.CaseKey))
            .OrderBy(row => row.CaseKey)
            .ToListAsync(cancellationToken);
        return rows.Find(row => row.CallerId == mine) is { } own
            ? Owned(caller, Whole(own))
            : One([.. rows.Select(row => Granted(caller, Whole(row))).OfType<FoundCase>()]);
    }

    /// <summary>The owner needs no grant of its own for cases, but one that holds today for what the case is about.</summary>
    private Result<FoundCase> Owned(CallerContext caller, FoundCase found) =>
        caller
            .Callers.GrantsOf(caller.Caller.Id)
            .Any(grant => grant.Purposes.Contains(found.File.Purpose) && grant.IsValidAt(time.GetUtcNow()))
            ? found
            : CaseProblems.NoGrantToday(found.File.Purpose);

    /// <summary>Whom the caller's grants name; whether one holds for a case is judged with the case.</summary>
    private static IEnumerable<string> OwnersIn(CallerContext caller) =>
        caller.Callers.GrantsOf(caller.Caller.Id).SelectMany(grant => grant.Owners).Distinct(StringComparer.Ordinal);

    private static Result<FoundCase> One(IReadOnlyList<FoundCase> found) =>
        found.Count switch
        {
            0 => CaseProblems.NotFound,
            1 => found[0],
            _ => CaseProblems.Ambiguous,
        };

    private static FoundCase Whole(CaseRow row) => new(row, Case.FromJson(row.File));

    private FoundCase? Granted(CallerContext caller, FoundCase found)
    {
        var demand = new GrantDemand(ServiceFields.Cases, found.File.Purpose, []) { Owner = found.File.CallerId };
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
internal sealed record FoundCase(CaseRow Row, Case File) : IPermission
{
    public IReadOnlyCollection<string> Scope => [];

    /// <summary>The case by its number, for another attempt to find it.</summary>
    public CaseName Name => new(File.CaseId, File.CallerId);

    /// <summary>The grants that allow it; the owner needs none for cases.</summary>
    public string Grants { get; init; } = "owner";

    /// <summary>Only state, acceptance and the caller's own events are shown.</summary>
    public bool IsPart { get; init; }
}
