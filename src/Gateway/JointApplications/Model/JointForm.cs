using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>A joint application without a fault; gaps are no faults. Never printed.</summary>
internal sealed record JointForm
{
    public required CaseFields Case { get; init; }

    public required JointKind Kind { get; init; }

    public required Applicant Applicant { get; init; }

    public Agent? Agent { get; init; }

    /// <summary>Where the authorisation of the agent can be looked up.</summary>
    public string? Mandate { get; init; }

    public required Premises Premises { get; init; }

    /// <summary>As people write it.</summary>
    public required string Address { get; init; }

    public string? FormerHolder { get; init; }

    /// <summary>One for each ticked utility, in their order.</summary>
    public required IReadOnlyList<UtilityRequest> Wishes { get; init; }

    /// <summary>How long the caller is ready to wait; null leaves it to us.</summary>
    public TimeSpan? Wait { get; init; }

    public override string ToString() => nameof(JointForm);
}

/// <summary>One ticked utility.</summary>
internal sealed record UtilityRequest
{
    public required Utility Utility { get; init; }

    public required UtilityNeed Need { get; init; }

    /// <summary>Reference of this receiver's own consent; null: it was not given.</summary>
    public string? Consent { get; init; }

    /// <summary>The account that is to be transferred.</summary>
    public string? Account { get; init; }

    /// <summary>What the applicant has to bring before this leg is sent.</summary>
    public required IReadOnlyList<LegGap> Gaps { get; init; }

    public override string ToString() => nameof(UtilityRequest);
}
