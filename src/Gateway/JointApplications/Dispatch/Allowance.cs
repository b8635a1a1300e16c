using Integration.Gateway.Callers;
using Integration.Gateway.Grants;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>
/// The valid grants of one client of a utility for one purpose: it may have legs of this purpose, and of each only what they name. Made in two
/// places only: <c>OwnLegs</c> for the client that calls, <see cref="RecipientGrants"/> for one that is handed a leg.
/// </summary>
internal sealed class Allowance
{
    private readonly List<Grant> _grants;

    private Allowance(Caller client, List<Grant> grants) => (Client, _grants) = (client, grants);

    /// <summary>Whose grants they are.</summary>
    public Caller Client { get; }

    /// <summary>For evidence: <c>grant id (approval number)</c>, separated by semicolons.</summary>
    public string Text => string.Join("; ", _grants.Select(grant => $"{grant.Id} ({grant.ApprovalNumber})"));

    /// <summary>What a client may have; null: it has no valid grant for legs of this purpose, or one that names no field.</summary>
    /// <param name="callers">The snapshot that the client is judged by.</param>
    /// <param name="client">The client itself.</param>
    /// <param name="purpose">The purpose of the joint application.</param>
    /// <param name="now">The moment at which the client gets something or does something.</param>
    public static Allowance? For(CallersSnapshot callers, Caller client, string purpose, DateTimeOffset now)
    {
        var grants = callers
            .GrantsOf(client.Id)
            .Where(grant => grant.Purposes.Contains(purpose) && grant.Fields.Count > 0 && grant.IsValidAt(now))
            .ToList();
        return grants.Exists(grant => grant.Service == ServiceFields.Legs) ? new Allowance(client, grants) : null;
    }

    /// <summary>Whether a grant names the field of the service.</summary>
    public bool Names(string service, string field) =>
        _grants.Exists(grant => grant.Service == service && grant.Fields.Contains(field));

    /// <summary>Whether a grant names the service.</summary>
    public bool Names(string service) => _grants.Exists(grant => grant.Service == service);
}
