using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// Permits run side by side. A leg that needs one waits once its plan is answered, until every one of its permits is granted or
/// filed; a refused one lets it stand still. What the provider itself says stays untouched beneath. Pure.
/// </summary>
internal static class Permits
{
    /// <summary>Puts on record what became of a permit.</summary>
    /// <returns>The joint application; 409: no leg is open, a leg that is named is not, or a decision came without an application.</returns>
    public static Result<JointApplication> Report(JointApplication joint, PermitCommand command, DateTimeOffset now)
    {
        var open = joint.Legs.Where(leg => !leg.HasEnded && !leg.IsUnwanted).Select(leg => leg.Utility).ToList();
        if (open.Count == 0 || command.Utilities?.Except(open).Any() == true)
        {
            return Refusal.StateConflict("A leg that would wait for it is not open.");
        }

        var known = joint.Permits.FirstOrDefault(permit => permit.Kind == command.Permit);
        if (command.IsDecision && known?.State != PermitState.AppliedFor)
        {
            return Refusal.StateConflict(
                "No leg waits for a decision on it; put on record first that it is applied for."
            );
        }

        var permit = new Permit
        {
            Kind = command.Permit,
            State = command.State,
            Reference = command.Reference ?? known?.Reference,
            Utilities = command.IsDecision ? known!.Utilities : command.Utilities ?? open,
            At = now,
        };
        return joint with
        {
            Permits =
            [
                .. joint.Permits.Where(other => other.Kind != command.Permit).Append(permit).OrderBy(each => each.Kind),
            ],
        };
    }

    /// <summary>Lets every leg wait, stand still or go on.</summary>
    /// <param name="before">The version before; a leg that goes on waiting waits since then.</param>
    /// <param name="joint">The version that is settled.</param>
    /// <param name="now">When.</param>
    public static JointApplication Settle(JointApplication before, JointApplication joint, DateTimeOffset now) =>
        joint.Permits.Count == 0
            ? joint
            : joint with
            {
                Legs = [.. joint.Legs.Select(leg => Settle(before.Leg(leg.Utility), leg, joint.Permits, now))],
            };

    /// <summary>The leg as its provider left it.</summary>
    public static Leg Freed(Leg leg) =>
        leg switch
        {
            { Beneath: null } => leg,
            { State: LegState.AwaitingPermit or LegState.Suspended, Beneath: var stand } => leg with
            {
                State = stand.State,
                Since = stand.Since,
                HeldIn = null,
                Suspension = null,
                Beneath = null,
            },
            _ => leg with { Beneath = null }, // it has ended meanwhile
        };

    public static bool IsWithoutPermit(Leg leg) =>
        leg.Problems.Any(problem => problem.Problem == LegProblems.WithoutPermit);

    private static Leg Settle(Leg? was, Leg leg, IReadOnlyList<Permit> permits, DateTimeOffset now)
    {
        var free = Freed(leg);
        if (free.HasEnded || free.IsUnwanted)
        {
            return free;
        }

        var own = permits.Where(permit => permit.Utilities.Contains(leg.Utility)).ToList();
        var isPending = own.Exists(permit => permit.State == PermitState.AppliedFor);
        var refused = own.Find(permit => permit.State == PermitState.Refused);
        var isBuilding = LegStatuses.OrderOf(free.Reached) >= LegStatuses.OrderOf(LegState.Construction);
        return (refused, free.State) switch
        {
            _ when isBuilding => (refused is not null || isPending) && !IsWithoutPermit(free) ? Noted(free, now) : free,
            (_, LegState.Suspended or LegState.Returned) => free,
            ({ } permit, _) => Stopped(free, permit, Since(was, LegState.Suspended, now)),
            (_, LegState.PlanAnswered) when isPending => Waiting(free, Since(was, LegState.AwaitingPermit, now)),
            _ => free,
        };
    }

    private static DateTimeOffset Since(Leg? was, LegState state, DateTimeOffset now) =>
        was is { Beneath: not null } && was.State == state ? was.Since : now;

    private static Leg Waiting(Leg leg, DateTimeOffset since) =>
        leg with
        {
            State = LegState.AwaitingPermit,
            Since = since,
            Beneath = new LegStand(leg.State, leg.Since),
        };

    private static Leg Stopped(Leg leg, Permit permit, DateTimeOffset since) =>
        leg with
        {
            State = LegState.Suspended,
            Since = since,
            HeldIn = leg.State,
            Suspension = new LegSuspension { Who = "authority", Reason = $"{Name(permit.Kind)}未获批准" },
            Beneath = new LegStand(leg.State, leg.Since),
        };

    private static Leg Noted(Leg leg, DateTimeOffset now) =>
        leg with
        {
            Problems =
            [
                .. leg.Problems,
                new LegProblem
                {
                    Problem = LegProblems.WithoutPermit,
                    Text = "许可尚未批准，单位已报施工",
                    Since = now,
                },
            ],
        };

    private static string Name(PermitKind permit) =>
        permit switch
        {
            PermitKind.Planning => "规划许可",
            PermitKind.Road => "掘路许可",
            PermitKind.GreenLand => "占绿许可",
            PermitKind.Traffic => "交通导改许可",
            _ => throw new ArgumentOutOfRangeException(nameof(permit), permit, message: null),
        };
}
