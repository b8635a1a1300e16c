using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.HandingOver;

/// <summary>
/// What a receiver may have of a joint application: only fields that one of its own grants names for the purpose, now. Pure.
/// </summary>
internal sealed record Receivers(CallersSnapshot Callers, string Purpose, DateTimeOffset Now)
{
    /// <summary>The enabled client that speaks for a utility; null: none.</summary>
    public Caller? Of(Utility utility) =>
        Callers
            .Clients.FirstOrDefault(client => client.Enabled && client.Caller.Utility == JsonNames.Of(utility))
            ?.Caller;

    /// <summary>What the receiver's grants name; null: it may have no leg at all.</summary>
    public Allowance? AllowanceOf(Utility utility)
    {
        if (Of(utility) is not { } receiver)
        {
            return null;
        }

        var grants = Callers
            .GrantsOf(receiver.Id)
            .Where(grant => grant.Purposes.Contains(Purpose) && grant.IsValidAt(Now))
            .ToList();
        return grants.Exists(grant => grant.Service == ServiceFields.Legs) ? new Allowance(grants) : null;
    }
}

/// <summary>The valid grants of one receiver for one purpose.</summary>
internal sealed record Allowance(IReadOnlyList<Grant> Grants)
{
    /// <summary>For evidence.</summary>
    public string Text => string.Join("; ", Grants.Select(grant => $"{grant.Id} ({grant.ApprovalNumber})"));

    /// <summary>Whether a grant names the field of the service.</summary>
    public bool Names(string service, string field) =>
        Grants.Any(grant => grant.Service == service && grant.Fields.Contains(field));

    /// <summary>Whether a grant names the service.</summary>
    public bool Names(string service) => Grants.Any(grant => grant.Service == service);
}
