using Integration.Contracts.V1.Cases;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Cases;

/// <summary>What one flow or capability knows about a case; each contributes its own.</summary>
internal interface ICaseHistory
{
    /// <summary>What happened, in any order, without personal data.</summary>
    /// <param name="db">A context to read with.</param>
    /// <param name="callerId">Whose case.</param>
    /// <param name="caseId">The case.</param>
    Task<IReadOnlyList<TimelineEntry>> ReadAsync(
        GatewayDb db,
        string callerId,
        string caseId,
        CancellationToken cancellationToken
    );
}
