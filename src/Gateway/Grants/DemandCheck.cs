using Integration.Gateway.Callers;

namespace Integration.Gateway.Grants;

/// <summary>One demand held against the caller's grants: the grants it rests on, or the rule that refuses it.</summary>
internal readonly record struct DemandCheck(IReadOnlyList<Grant> Used, string? Fault)
{
    /// <summary>The rules in order; the first that refuses is named. Names of services and fields only, never data.</summary>
    public static DemandCheck Create(
        GrantDemand demand,
        string purpose,
        IReadOnlyList<Grant> grants,
        DateTimeOffset now
    )
    {
        if (!ServiceFields.All.TryGetValue(demand.Service, out var fields) || !demand.Fields.All(fields.Contains))
        {
            return new DemandCheck([], "Rule service: there is no such service or field.");
        }

        if (demand.Purpose != purpose)
        {
            return Refused(demand, "purpose", "it is for another purpose than the one stated.");
        }

        if (fields.Count > 0 && demand.Fields.Count == 0)
        {
            return Refused(demand, "fields", "it names no field.");
        }

        var ofService = grants.Where(grant => grant.Service == demand.Service).ToList();
        var ofPurpose = ofService.Where(grant => grant.Purposes.Contains(purpose)).ToList();
        var valid = ofPurpose.Where(grant => grant.IsValidAt(now)).ToList();
        var ofOwner = valid.Where(grant => demand.Owner is not { } owner || grant.Owners.Contains(owner)).ToList();
        return (ofService, ofPurpose, valid, ofOwner) switch
        {
            ({ Count: 0 }, _, _, _) => Refused(demand, "service", "no grant names this service."),
            (_, { Count: 0 }, _, _) => Refused(demand, "purpose", "no grant of it names this purpose."),
            (_, _, { Count: 0 }, _) => Refused(demand, "validity", "no grant of it is valid today."),
            (_, _, _, { Count: 0 }) => Refused(demand, "owner", "no grant of it names the owner."),
            _ => Cover(demand, ofOwner),
        };
    }

    private static DemandCheck Cover(GrantDemand demand, List<Grant> valid)
    {
        if (demand.Fields.Count == 0)
        {
            return new DemandCheck([valid[0]], Fault: null);
        }

        var open = demand.Fields.ToHashSet(StringComparer.Ordinal);
        var used = valid.Where(grant => open.RemoveWhere(grant.Fields.Contains) > 0).ToList();
        return open.Count == 0
            ? new DemandCheck(used, Fault: null)
            : Refused(demand, "fields", $"not granted: {string.Join(", ", open.Order(StringComparer.Ordinal))}.");
    }

    private static DemandCheck Refused(GrantDemand demand, string rule, string reason) =>
        new([], $"Rule {rule}: {demand.Service} for {demand.Purpose}: {reason}");
}
