using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.Policy;

/// <summary>What the legs of a joint application may take, and whose time counts.</summary>
internal sealed record JointClockPolicy
{
    /// <summary>From when a provider may have a leg to its acceptance.</summary>
    public required JointAcceptancePolicy Acceptance { get; init; }

    /// <summary>From the provider's acceptance to connected; the first line that fits holds.</summary>
    public required IReadOnlyList<JointLimitPolicy> Limits { get; init; }

    /// <summary>The whole may take the longest leg's limit and so many working days more, 0 or more.</summary>
    public required int WholeAddsWorkingDays { get; init; }

    /// <summary>Whether clocks stand still while an authority has to act.</summary>
    public required bool AuthorityTimeStops { get; init; }

    public required string LegalReference { get; init; }

    /// <summary>Whether the edition has limits for legs of a utility; without them none can be opened.</summary>
    public bool Covers(Utility utility, JointKind kind) =>
        Limits.Any(limit => limit.Utility == utility && limit.Kind == kind);

    /// <summary>The line of a leg.</summary>
    /// <exception cref="InvalidOperationException">No line fits; an edition with such a hole is refused when it is read.</exception>
    public JointLimitPolicy Limit(Utility utility, JointKind kind, ApplicantKind applicant, decimal? capacityKw) =>
        Limits.FirstOrDefault(limit =>
            limit.Utility == utility
            && limit.Kind == kind
            && (limit.Applicant is null || limit.Applicant == applicant)
            && (limit.AboveKw is null || capacityKw > limit.AboveKw)
        ) ?? throw new InvalidOperationException($"No limit of joint applications fits {utility} and {kind}.");
}

/// <summary>How long a provider may take to accept a leg.</summary>
/// <param name="Name">e.g. <c>joint-acceptance</c>.</param>
/// <param name="WorkingDays">At least 1.</param>
/// <param name="LegalReference">What it rests on.</param>
internal sealed record JointAcceptancePolicy(string Name, int WorkingDays, string LegalReference);

/// <summary>How long a provider may take from acceptance to connected.</summary>
internal sealed record JointLimitPolicy
{
    /// <summary>e.g. <c>joint-water</c>.</summary>
    public required string Name { get; init; }

    public required Utility Utility { get; init; }

    public required JointKind Kind { get; init; }

    /// <summary>Only for such applicants; null: for all.</summary>
    public ApplicantKind? Applicant { get; init; }

    /// <summary>Only for more than so many kW; null: for any.</summary>
    public decimal? AboveKw { get; init; }

    /// <summary>At least 1.</summary>
    public required int WorkingDays { get; init; }

    public required string LegalReference { get; init; }
}
