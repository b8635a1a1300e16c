using Integration.Adapters.Ports;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Applications.Model;

/// <summary>An application as the rules see it. Pure.</summary>
internal sealed record ApplicationStanding(ServicePolicy Service, IReadOnlyList<ProofStanding> Proofs)
{
    /// <summary>Unanswered checks are still asked again by themselves.</summary>
    public bool AsksAgain { get; init; } = true;

    public IReadOnlyList<ProofStanding> Missing => [.. Proofs.Where(proof => proof.IsMissing)];

    public int Uploads => Proofs.Count(proof => proof.SatisfiedBy == ProofSource.Upload);

    public int Commitments => Proofs.Count(proof => proof.SatisfiedBy == ProofSource.Commitment);

    /// <summary>Papers this application takes altogether: handed in, promised and missing.</summary>
    public int Papers => Missing.Count + Uploads + Commitments;

    /// <summary>Size class in the register; null when no source said so.</summary>
    public EnterpriseSize? EnterpriseSize =>
        Proofs.Select(proof => proof.State.Checked?.Facts.EnterpriseSize).FirstOrDefault(size => size is not null);

    public bool TitleIsSeized => Proofs.Any(proof => proof.State.Checked?.Facts.TitleIsSeized == true);

    public bool HasUnanswered => Proofs.Any(proof => proof.IsUnanswered);

    public bool Differs(string field) => Proofs.Any(proof => proof.Differs(field));

    /// <summary>A register gave the enterprise a status that no word of the policy explains.</summary>
    public bool LicenceStatusIsUnknown => Proofs.Any(proof => proof.CannotCompare(Fields.Status));

    public bool LicenceDiffers(string field) =>
        Proofs.Any(proof => proof.State.Checked?.Kind == CheckKind.BusinessLicence && proof.Differs(field));

    public bool Has(CheckOutcome outcome) => Proofs.Any(proof => proof.Is(outcome));

    /// <summary>Names of the missing papers, for a sentence.</summary>
    public string MissingTexts => string.Join('、', Missing.Select(proof => proof.Policy.Text));

    /// <summary>The states of the proofs as the rules see them.</summary>
    public static ApplicationStanding From(
        ServicePolicy service,
        IReadOnlyList<ProofState> states,
        PolicyEdition policy,
        DateTimeOffset now
    ) => new(service, [.. states.Select(state => new ProofStanding(state, policy.Proof(NameOf(state)), policy, now))]);

    /// <summary>The proof's name in the policy: a key may carry a member's number.</summary>
    private static string NameOf(ProofState state) => state.Key.Split('.')[0];
}
