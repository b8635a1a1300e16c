using Integration.Contracts.V1.Operations;

namespace Integration.Gateway.Audit;

/// <summary>Who does what to the gateway. Holds no personal data and no secret.</summary>
/// <param name="Actor">A client's id, or <see cref="Gateway"/>; at most 128 characters.</param>
/// <param name="Action">E.g. <c>agency.maintenance.on</c>, <c>catalogue.applied</c>; from a fixed set, at most 64 characters.</param>
/// <param name="Subject">What it is done to, e.g. <c>agency:real-estate</c>; at most 256 characters.</param>
/// <param name="Detail">The particulars, of any length (a whole catalogue); null: none.</param>
/// <param name="Outcome">Whether it takes effect once it is on record, or was refused.</param>
internal sealed record AuditEntry(
    string Actor,
    string Action,
    string Subject,
    string? Detail = null,
    AuditOutcome Outcome = AuditOutcome.Applied
)
{
    /// <summary>The actor of what the gateway does by itself.</summary>
    public const string Gateway = "gateway";
}
