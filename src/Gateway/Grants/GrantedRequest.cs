using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Grants;

/// <summary>
/// What a caller may do in one request. Only <see cref="Check"/> makes one, so a step that takes it cannot run unchecked.
/// </summary>
internal sealed class GrantedRequest : IPermission
{
    private GrantedRequest(
        Caller caller,
        string caseId,
        string purpose,
        IReadOnlyList<Grant> grants,
        IReadOnlyCollection<string> scope
    )
    {
        Caller = caller;
        CaseId = caseId;
        Purpose = purpose;
        Grants = grants;
        Scope = scope;
    }

    public Caller Caller { get; }

    public string CaseId { get; }

    public string Purpose { get; }

    /// <summary>The grants it rests on, each once, in the order of the file.</summary>
    public IReadOnlyList<Grant> Grants { get; }

    /// <summary>The services and fields that were demanded and are granted, e.g. <c>gridResource/distance</c>.</summary>
    public IReadOnlyCollection<string> Scope { get; }

    /// <summary>For evidence: <c>grant id (approval number)</c>, separated by semicolons.</summary>
    public string GrantsText =>
        field ??= string.Join("; ", Grants.Select(grant => $"{grant.Id} ({grant.ApprovalNumber})"));

    /// <summary>
    /// Allows the request when every demand is covered, else names every demand that is not, and by which rule. Several
    /// grants of one service and purpose add up. No demand, or a demand of no field where there are fields, allows nothing.
    /// </summary>
    /// <param name="callers">The snapshot the caller was authenticated by, or the current one when work is taken up again.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="caseId">The case it is for.</param>
    /// <param name="purpose">The purpose the caller states.</param>
    /// <param name="demands">Everything the request would use.</param>
    /// <param name="now">The moment of the request.</param>
    public static Result<GrantedRequest> Check(
        CallersSnapshot callers,
        Caller caller,
        string caseId,
        string purpose,
        IReadOnlyList<GrantDemand> demands,
        DateTimeOffset now
    )
    {
        if (demands.Count == 0)
        {
            return Refusal.NotGranted("Rule demand: nothing was asked for.");
        }

        // Anything but a published purpose is the caller's own text and must not come back in a problem.
        if (!Purposes.All.Contains(purpose))
        {
            return Refusal.NotGranted("Rule purpose: the purpose is not one of those published.");
        }

        var grants = callers.GrantsOf(caller.Id);
        var findings = demands.Select(demand => DemandCheck.Create(demand, purpose, grants, now)).ToList();
        var faults = findings
            .Select(finding => finding.Fault)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (faults.Count > 0)
        {
            return Refusal.NotGranted(string.Join(' ', faults));
        }

        var used = findings.SelectMany(finding => finding.Used).ToHashSet();
        return new GrantedRequest(caller, caseId, purpose, grants.Where(used.Contains).ToList(), ScopeOf(demands));
    }

    /// <summary>
    /// Allows a forwarded request when grants name its service, method, path and purpose and are valid now. What they name of
    /// the answer adds up, and nothing else of it leaves.
    /// </summary>
    /// <param name="callers">The snapshot the caller was authenticated by.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="caseId">The case it is for.</param>
    /// <param name="demand">What the request would use.</param>
    /// <param name="now">The moment of the request.</param>
    public static Result<GrantedRequest> CheckShared(
        CallersSnapshot callers,
        Caller caller,
        string caseId,
        SharedDemand demand,
        DateTimeOffset now
    )
    {
        var (used, fault) = demand.Check(callers.GrantsOf(caller.Id), now);
        return fault is null
            ? new GrantedRequest(
                caller,
                caseId,
                demand.Purpose,
                used,
                [
                    .. used.SelectMany(grant => grant.Fields.Select(field => $"{grant.Service}/{field}"))
                        .Distinct(StringComparer.Ordinal),
                ]
            )
            : Refusal.NotGranted(fault);
    }

    private static IReadOnlyCollection<string> ScopeOf(IReadOnlyList<GrantDemand> demands) =>
        [
            .. demands
                .SelectMany(demand =>
                    demand.Fields.Count == 0
                        ? [demand.Service]
                        : demand.Fields.Select(field => $"{demand.Service}/{field}")
                )
                .Distinct(StringComparer.Ordinal),
        ];
}
