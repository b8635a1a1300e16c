using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Ports;

/// <summary>The investment-project approval platform (项目赋码): which projects an enterprise has approved.</summary>
public interface IProjectApprovalSource
{
    /// <summary>The agency's name, as in policy data, metrics and evidence.</summary>
    string Agency { get; }

    /// <summary>Asks; never throws for what an agency or a network does.</summary>
    Task<AgencyAnswer<ProjectApprovalFacts>> AskAsync(
        CreditCode enterprise,
        AgencyRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>What the platform says of the enterprise asked for.</summary>
/// <param name="ProjectCode">Code of the latest approved project.</param>
/// <param name="IsApproved">Whether its approval is in force.</param>
public sealed record ProjectApprovalFacts(string ProjectCode, bool IsApproved);
