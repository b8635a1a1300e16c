using Integration.Contracts.Identifiers;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.Applications.Model;

/// <summary>An application without a fault: what the plan, the supply and the limits are made from. Never printed.</summary>
internal sealed record ApplicationForm
{
    public required CaseFields Case { get; init; }

    public required ServicePolicy Service { get; init; }

    public required string Channel { get; init; }

    public required Applicant Applicant { get; init; }

    public Agent? Agent { get; init; }

    public Premises? Premises { get; init; }

    /// <summary>Capacity wanted, kW.</summary>
    public decimal? CapacityKw { get; init; }

    /// <summary>What it is wanted for, in the caller's words.</summary>
    public string? Use { get; init; }

    public string? Account { get; init; }

    public PartyName? FormerName { get; init; }

    public required IReadOnlyList<Member> Members { get; init; }

    /// <summary>How long the caller is ready to wait; null leaves it to us.</summary>
    public TimeSpan? Wait { get; init; }

    public override string ToString() => nameof(ApplicationForm);
}

/// <summary>A further member of the household.</summary>
internal sealed record Member(Person Person, bool Consents);
