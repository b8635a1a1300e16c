using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;

namespace Integration.Testing.World;

/// <summary>Joint applications that are complete and right; a test changes what it is about with <c>with</c>.</summary>
public static class JointRequests
{
    /// <summary>A resident at home wants these utilities.</summary>
    public static JointApplicationRequest New(params IReadOnlyList<Utility> utilities) => New("p01", "t01", utilities);

    /// <summary>A resident at home wants these utilities.</summary>
    public static JointApplicationRequest New(string personKey, string titleKey, IReadOnlyList<Utility> utilities) =>
        new()
        {
            CaseId = HallRequests.NewCase(),
            Purpose = "joint.new",
            Basis = HallRequests.Consent,
            Kind = JointKind.New,
            Applicant = new ApplicantInput { Person = SyntheticWorld.Person(personKey) },
            Premises = SyntheticWorld.Premises(titleKey),
            Utilities = [.. utilities.Select(Wish)],
        };

    /// <summary>One of <see cref="ManyEnterprises"/> wants these utilities at its premises.</summary>
    public static JointApplicationRequest OfEnterprise(int index, params IReadOnlyList<Utility> utilities)
    {
        var known = ManyEnterprises.Event(index).Data!;
        return new JointApplicationRequest
        {
            CaseId = HallRequests.NewCase(),
            Purpose = "joint.new",
            Basis = HallRequests.Consent,
            Kind = JointKind.New,
            Applicant = new ApplicantInput
            {
                Enterprise = new EnterpriseInput
                {
                    Name = known.Enterprise!.Name,
                    Uscc = known.Enterprise.Uscc,
                    LegalRepresentative = known.Enterprise.LegalRepresentative,
                },
            },
            Premises = known.Premises,
            Utilities = [.. utilities.Select(Wish)],
        };
    }

    /// <summary>A utility with everything it needs.</summary>
    public static UtilityWish Wish(Utility utility) =>
        new()
        {
            Utility = utility,
            Consent = new ConsentInput { Reference = $"CONSENT-{utility}", GrantedAt = HallRequests.Consent.GrantedAt },
            Need = utility switch
            {
                Utility.Electricity => new UtilityNeed { CapacityKw = 8 },
                Utility.Water or Utility.Gas => new UtilityNeed { PeakFlow = 2.5m },
                Utility.Network => new UtilityNeed { BandwidthMbit = 300 },
                _ => new UtilityNeed { Outlets = 2 },
            },
        };
}
