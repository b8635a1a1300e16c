using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>Joint applications that tests start from.</summary>
internal static class JointFiles
{
    /// <summary>One leg for each utility, all at their providers and at this place.</summary>
    public static JointApplication At(LegState state, params IReadOnlyList<Utility> utilities) =>
        Of([.. utilities.Select(utility => Leg(utility, state))]);

    public static JointApplication Of(params IReadOnlyList<Leg> legs) =>
        new()
        {
            JointId = "jnt_1",
            CaseId = "CASE-1",
            CallerId = "hall",
            Kind = JointKind.New,
            Purpose = "joint.new",
            Basis = "consent:C-1",
            PolicyVersion = "p",
            OpenedAt = SomeLegs.Now,
            Legs = legs,
            Terms = new JointTerms
            {
                Acceptance = new JointLimit("a", 1, "-"),
                Work = new Dictionary<Utility, JointLimit>(),
                Whole = new JointLimit("w", 1, "-"),
                YellowFromPercent = 70,
                AuthorityTimeStops = true,
            },
        };

    public static Leg Leg(Utility utility, LegState state = LegState.Accepted, LegWork work = LegWork.Watch) =>
        SomeLegs.In(work, state) with
        {
            LegId = new LegId("jnt_1", utility),
            Utility = utility,
            WakeAt = null,
        };
}
