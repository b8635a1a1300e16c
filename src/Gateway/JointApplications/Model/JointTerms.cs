using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Policy;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What a joint application may take: the policy of the day on which it was opened, and that for ever.</summary>
internal sealed record JointTerms
{
    public required JointLimit Acceptance { get; init; }

    /// <summary>From acceptance to connected, for each leg.</summary>
    public required IReadOnlyDictionary<Utility, JointLimit> Work { get; init; }

    /// <summary>With every leg; see <see cref="WholeOf"/>.</summary>
    public required JointLimit Whole { get; init; }

    /// <summary>Share of a limit from which its clock is yellow, 1 to 99.</summary>
    public required int YellowFromPercent { get; init; }

    /// <summary>Whether clocks stand still while an authority has to act.</summary>
    public required bool AuthorityTimeStops { get; init; }

    public static JointTerms From(JointForm form, PolicyEdition policy)
    {
        var clocks = policy.JointClocks;
        var applicant = form.Applicant.Enterprise is null ? ApplicantKind.Person : ApplicantKind.Enterprise;
        var work = form.Wishes.ToDictionary(
            wish => wish.Utility,
            wish => From(clocks.Limit(wish.Utility, form.Kind, applicant, wish.Need.CapacityKw))
        );
        return new JointTerms
        {
            Acceptance = new JointLimit(
                clocks.Acceptance.Name,
                clocks.Acceptance.WorkingDays,
                clocks.Acceptance.LegalReference
            ),
            Work = work,
            Whole = new JointLimit(
                "joint-whole",
                work.Values.Max(limit => limit.WorkingDays) + clocks.WholeAddsWorkingDays,
                clocks.LegalReference
            ),
            YellowFromPercent = policy.Clocks.YellowFromPercent,
            AuthorityTimeStops = clocks.AuthorityTimeStops,
        };
    }

    /// <summary>The limit of the whole over these legs; the same as with every leg when there are none.</summary>
    public JointLimit WholeOf(IReadOnlyCollection<Utility> wanted) =>
        wanted.Count == 0
            ? Whole
            : Whole with
            {
                WorkingDays = Whole.WorkingDays - Longest(Work.Keys) + Longest(wanted),
            };

    private int Longest(IEnumerable<Utility> legs) => legs.Max(utility => Work[utility].WorkingDays);

    private static JointLimit From(JointLimitPolicy limit) => new(limit.Name, limit.WorkingDays, limit.LegalReference);
}

/// <summary>A limit of a clock.</summary>
/// <param name="Name">As in the policy.</param>
/// <param name="WorkingDays">At least 1.</param>
/// <param name="LegalReference">What it rests on.</param>
internal sealed record JointLimit(string Name, int WorkingDays, string LegalReference);
