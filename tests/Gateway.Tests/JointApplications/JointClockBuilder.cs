using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Tests.Cases;
using LegSuspension = Integration.Gateway.JointApplications.Model.LegSuspension;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>A joint application whose legs a test moves from moment to moment, with the clocks that follow.</summary>
internal sealed class JointClockBuilder
{
    private JointClockBuilder(JointApplication file) => Joint = file;

    public JointApplication Joint { get; private set; }

    /// <summary>A resident's joint application of Monday 2026-11-23 at 09:00 for water (4 working days) and electricity (2).</summary>
    public static JointClockBuilder Open(
        bool authorityTimeStops = true,
        LegWork work = LegWork.Send,
        string at = "2026-11-23T09:00:00+08:00"
    ) =>
        new(
            JointClocks.Follow(
                new JointApplication
                {
                    JointId = "jnt_1",
                    CaseId = "HALL-1",
                    CallerId = "hall",
                    Kind = JointKind.New,
                    Purpose = "joint.new",
                    Basis = "consent C-1",
                    PolicyVersion = "gongan-2022.1",
                    OpenedAt = CaseBuilder.Time(at),
                    Terms = new JointTerms
                    {
                        Acceptance = new JointLimit("joint-acceptance", 1, "plan"),
                        Work = new Dictionary<Utility, JointLimit>
                        {
                            [Utility.Water] = new("joint-water", 4, "plan"),
                            [Utility.Electricity] = new("joint-electricity-resident", 2, "plan"),
                        },
                        Whole = new JointLimit("joint-whole", 5, "plan"),
                        YellowFromPercent = 70,
                        AuthorityTimeStops = authorityTimeStops,
                    },
                    Legs = [Leg(Utility.Water, work, at), Leg(Utility.Electricity, work, at)],
                },
                CaseBuilder.Time(at)
            )
        );

    /// <summary>Moves a leg; the clocks follow at that moment.</summary>
    public JointClockBuilder Move(Utility utility, string at, Func<Leg, Leg> move)
    {
        Joint = JointClocks.Follow(Joint.With(move(Joint.Leg(utility)!)), CaseBuilder.Time(at));
        return this;
    }

    public JointClockBuilder Move(Utility utility, string at, LegState state, LegWork work = LegWork.Watch) =>
        Move(
            utility,
            at,
            leg =>
                leg with
                {
                    State = state,
                    Work = work,
                    Since = CaseBuilder.Time(at),
                    HeldIn = state == LegState.Returned ? leg.Reached : null,
                    Suspension = null,
                }
        );

    public JointClockBuilder Suspend(Utility utility, string at, string who) =>
        Move(
            utility,
            at,
            leg =>
                leg with
                {
                    State = LegState.Suspended,
                    HeldIn = leg.Reached,
                    Suspension = new LegSuspension { Who = who },
                }
        );

    public ClockResponse? Clock(Utility utility, string name, string at) =>
        Answers(at).From(Joint.Leg(utility)!).SingleOrDefault(clock => clock.Clock == name);

    public ClockResponse Whole(string at) => Assert.Single(Answers(at).OfWhole());

    public LegTime Time(Utility utility, string at) => Answers(at).TimeOf(Joint.Leg(utility)!)!;

    /// <summary>Looks, as the timer does, and keeps what was told.</summary>
    public JointDeadlineCheck Look(string at)
    {
        var look = JointDeadlineCheck.At(Joint, CaseBuilder.Clock, utility => [$"{utility}"], CaseBuilder.Time(at));
        Joint = look.Change.Joint;
        return look;
    }

    public DateTimeOffset? Next(string at) => JointDeadlineCheck.Next(Joint, CaseBuilder.Clock, CaseBuilder.Time(at));

    private ClockResponses Answers(string at) => new(Joint, CaseBuilder.Clock, CaseBuilder.Time(at));

    private static Leg Leg(Utility utility, LegWork work, string at) =>
        new()
        {
            LegId = new LegId("jnt_1", utility),
            Utility = utility,
            State = LegState.Received,
            Since = CaseBuilder.Time(at),
            Work = work,
            Gaps = work == LegWork.Hold ? [new LegGap("need.peakFlow", "请填写用水量")] : [],
        };
}
