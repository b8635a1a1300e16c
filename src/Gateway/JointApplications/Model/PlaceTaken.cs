using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// What becomes of a joint application whose applicant is proven only when the same applicant has another one open at the place: legs
/// that never left wait, and each is told why, without the other's number or caller. Pure.
/// </summary>
internal static class PlaceTaken
{
    /// <summary>The joint application with the problem on every leg that is not over; raised again it changes nothing.</summary>
    public static JointApplication Raise(JointApplication joint, DateTimeOffset now) =>
        joint with
        {
            Legs = [.. joint.Legs.Select(leg => leg.HasEnded || leg.IsUnwanted ? leg : Raise(leg, now))],
        };

    /// <summary>The joint application when the place is its own: the problem is closed, and legs that it alone held go on when they are sent again.</summary>
    public static JointApplication Lift(JointApplication joint, DateTimeOffset now) =>
        joint.Legs.Any(IsHeld)
            ? joint with
            {
                Legs =
                [
                    .. joint.Legs.Select(leg =>
                        leg with
                        {
                            Problems =
                            [
                                .. leg.Problems.Select(problem =>
                                    IsRaised(problem) ? problem with { ClosedAt = now } : problem
                                ),
                            ],
                        }
                    ),
                ],
            }
            : joint;

    /// <summary>The change with the joint application as it was found to be, and what is new in that on record and told.</summary>
    public static JointChange Notified(
        JointChange change,
        JointApplication before,
        JointApplication placed,
        DateTimeOffset now
    )
    {
        var held = placed.Legs.Where(leg => IsHeld(leg) && before.Leg(leg.Utility) is { } was && !IsHeld(was)).ToList();
        return change with
        {
            Joint = placed,
            Facts =
            [
                .. change.Facts,
                .. held.Select(leg => new JointFact(JsonNames.From(leg.Utility), $"problem {LegProblems.AlreadyOpen}")),
            ],
            Notices =
            [
                .. change.Notices,
                .. held.Select(leg => JointNotice.Problem(placed, leg.Utility, LegProblems.AlreadyOpen, now)),
            ],
        };
    }

    /// <summary>Whether the leg has the problem.</summary>
    public static bool IsHeld(Leg leg) => leg.Problems.Any(IsRaised);

    private static bool IsRaised(LegProblem problem) => problem is { Problem: LegProblems.AlreadyOpen, ClosedAt: null };

    private static Leg Raise(Leg leg, DateTimeOffset now) =>
        (leg.NeverLeft ? leg with { Work = LegWork.Hold, WakeAt = null } : leg) with
        {
            Problems = IsHeld(leg)
                ? leg.Problems
                :
                [
                    .. leg.Problems,
                    new LegProblem
                    {
                        Problem = LegProblems.AlreadyOpen,
                        Text = "同一申请人在同一地点已有在办的同类申请，请向原受理窗口或服务热线核实",
                        Since = now,
                    },
                ],
        };
}
