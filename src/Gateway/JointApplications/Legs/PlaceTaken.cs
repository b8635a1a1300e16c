using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Legs;

/// <summary>
/// What becomes of a joint application whose applicant is proven only when the same applicant has another one open at the place: legs
/// that never left wait, and each is told why, without the other's number or caller. Pure.
/// </summary>
internal static class PlaceTaken
{
    public const string Problem = "already-open";

    /// <summary>The file with the problem on every leg that is not over; raised again it changes nothing.</summary>
    public static JointFile Raise(JointFile file, DateTimeOffset now) =>
        file with
        {
            Legs = [.. file.Legs.Select(leg => leg.HasEnded || leg.IsUnwanted ? leg : Raise(leg, now))],
        };

    /// <summary>The file when the place is its own: the problem is closed, and legs that it alone held go on when they are sent again.</summary>
    public static JointFile Lift(JointFile file, DateTimeOffset now) =>
        file.Legs.Any(IsHeld)
            ? file with
            {
                Legs =
                [
                    .. file.Legs.Select(leg =>
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
            : file;

    /// <summary>The change with the file as it was found to be, and what is new in that on record and told.</summary>
    public static JointChange Told(JointChange change, JointFile before, JointFile placed, DateTimeOffset now)
    {
        var news = placed.Legs.Where(leg => IsHeld(leg) && before.Leg(leg.Utility) is { } was && !IsHeld(was)).ToList();
        return change with
        {
            File = placed,
            Facts =
            [
                .. change.Facts,
                .. news.Select(leg => new JointFact(JsonNames.Of(leg.Utility), $"problem {Problem}")),
            ],
            Notices = [.. change.Notices, .. news.Select(leg => JointNews.Problem(placed, leg.Utility, Problem, now))],
        };
    }

    /// <summary>Whether the leg has the problem.</summary>
    public static bool IsHeld(Leg leg) => leg.Problems.Any(IsRaised);

    private static bool IsRaised(LegProblem problem) => problem is { Problem: Problem, ClosedAt: null };

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
                        Problem = Problem,
                        Text = "同一申请人在同一地点已有在办的同类申请，请向原受理窗口或服务热线核实",
                        Since = now,
                    },
                ],
        };
}
