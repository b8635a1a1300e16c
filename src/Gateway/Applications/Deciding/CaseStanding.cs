using Integration.Adapters.Ports;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Deciding;

/// <summary>An application as the rules see it. Pure.</summary>
internal sealed record CaseStanding(ServicePolicy Service, IReadOnlyList<ProofStanding> Proofs)
{
    /// <summary>Unanswered checks are still asked again by themselves.</summary>
    public bool AsksAgain { get; init; } = true;

    public IReadOnlyList<ProofStanding> Missing => [.. Proofs.Where(proof => proof.IsMissing)];

    public int Uploads => Proofs.Count(proof => proof.SatisfiedBy == ProofSource.Upload);

    public int Commitments => Proofs.Count(proof => proof.SatisfiedBy == ProofSource.Commitment);

    /// <summary>Papers this application takes altogether: handed in, promised and missing.</summary>
    public int Papers => Missing.Count + Uploads + Commitments;

    /// <summary>Size class in the register; null when nobody said so.</summary>
    public EnterpriseSize? EnterpriseSize =>
        Proofs.Select(proof => proof.State.Checked?.Facts.EnterpriseSize).FirstOrDefault(size => size is not null);

    public bool TitleIsSeized => Proofs.Any(proof => proof.State.Checked?.Facts.TitleIsSeized == true);

    public bool HasUnanswered => Proofs.Any(proof => proof.IsUnanswered);

    public bool Differs(string field) => Proofs.Any(proof => proof.Differs(field));

    public bool LicenceDiffers(string field) =>
        Proofs.Any(proof => proof.State.Checked?.Kind == CheckKind.BusinessLicence && proof.Differs(field));

    public bool Has(CheckOutcome outcome) => Proofs.Any(proof => proof.Is(outcome));

    /// <summary>Names of the missing papers, for a sentence.</summary>
    public string MissingTexts => string.Join('、', Missing.Select(proof => proof.Policy.Text));
}
