using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>A report about a permit without a fault.</summary>
/// <param name="Utilities">The legs that wait for it; null: all that are open.</param>
internal sealed record PermitCommand(
    PermitKind Permit,
    PermitState State,
    string? Reference,
    IReadOnlyList<Utility>? Utilities
)
{
    /// <summary>It answers an application and names no legs of its own.</summary>
    public bool IsDecision => State is PermitState.Granted or PermitState.Refused;
}
