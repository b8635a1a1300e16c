using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Tests.JointApplications;

public class PermitTests
{
    private static readonly DateTimeOffset s_now = SomeLegs.Now;

    [Fact]
    public void Legs_wait_where_their_plan_is_answered_until_every_permit_is_there()
    {
        var file = JointFiles.Of(
            JointFiles.Leg(Utility.Electricity, LegState.PlanAnswered),
            JointFiles.Leg(Utility.Water, LegState.Surveyed)
        );
        file = Reported(file, PermitKind.Road, PermitState.AppliedFor);
        file = Reported(file, PermitKind.Traffic, PermitState.AppliedFor);
        Assert.Equal([LegState.AwaitingPermit, LegState.Surveyed], States(file));

        file = Changed(file, Permits.Freed(file.Leg(Utility.Water)!) with { State = LegState.PlanAnswered });
        Assert.Equal([LegState.AwaitingPermit, LegState.AwaitingPermit], States(file));

        file = Reported(file, PermitKind.Road, PermitState.Granted);
        Assert.Equal([LegState.AwaitingPermit, LegState.AwaitingPermit], States(file));
        file = Reported(file, PermitKind.Traffic, PermitState.Filed);
        Assert.Equal([LegState.PlanAnswered, LegState.PlanAnswered], States(file));
        Assert.All(file.Legs, leg => Assert.Null(leg.Beneath));
    }

    [Fact]
    public void Only_the_legs_that_are_named_wait()
    {
        var file = JointFiles.At(LegState.PlanAnswered, Utility.Electricity, Utility.Water);
        file = Reported(file, PermitKind.Road, PermitState.AppliedFor, Utility.Water);
        Assert.Equal([LegState.PlanAnswered, LegState.AwaitingPermit], States(file));
    }

    [Fact]
    public void A_refused_permit_lets_legs_stand_still_until_it_is_applied_for_again()
    {
        var file = JointFiles.At(LegState.PlanAnswered, Utility.Electricity, Utility.Water);
        file = Reported(file, PermitKind.Planning, PermitState.AppliedFor);
        var (refused, notices) = Told(file, PermitKind.Planning, PermitState.Refused);

        Assert.All(
            refused.Legs,
            leg => Assert.Equal((LegState.Suspended, "authority"), (leg.State, leg.Suspension!.Who))
        );
        Assert.Equal(JointState.Suspended, refused.State);
        var notice = Assert.Single(notices);
        Assert.Equal(NoticeTypes.JointPermitRefused, notice.Type);
        Assert.Equal("electricity,water", notice.Data["utilities"]);

        var again = Reported(refused, PermitKind.Planning, PermitState.AppliedFor);
        Assert.Equal([LegState.AwaitingPermit, LegState.AwaitingPermit], States(again));
        Assert.All(again.Legs, leg => Assert.Null(leg.Suspension));
    }

    [Fact]
    public void Whoever_goes_on_waiting_waits_since_the_beginning_and_a_provider_that_builds_without_a_permit_is_a_problem()
    {
        var file = Reported(JointFiles.At(LegState.PlanAnswered, Utility.Gas), PermitKind.Road, PermitState.AppliedFor);
        var since = file.Legs[0].Since;
        var left = Permits.Freed(file.Legs[0]);
        Assert.Equal(LegState.PlanAnswered, left.State);
        Assert.Equal(since, Changed(file, left, s_now.AddHours(3)).Legs[0].Since);

        var (building, notices) = Settled(file, file.With(left with { State = LegState.Construction }), s_now);
        Assert.Equal(LegState.Construction, building.Legs[0].State);
        Assert.Equal(LegProblems.WithoutPermit, Assert.Single(building.Legs[0].Problems).Problem);
        Assert.Equal(NoticeTypes.JointProblem, Assert.Single(notices).Type);
        Assert.Single(Changed(building, building.Legs[0] with { State = LegState.Inspected }).Legs[0].Problems);
    }

    [Fact]
    public void What_a_provider_or_the_applicant_stopped_is_left_alone()
    {
        var suspended = JointFiles.Leg(Utility.Water, LegState.Suspended) with { HeldIn = LegState.PlanAnswered };
        var unwanted = JointFiles.Leg(Utility.Gas, LegState.PlanAnswered) with { IsUnwanted = true };
        var returned = JointFiles.Leg(Utility.Network, LegState.Returned, LegWork.Hold);
        var file = Reported(
            JointFiles.Of(suspended, unwanted, returned),
            PermitKind.Road,
            PermitState.AppliedFor,
            Utility.Water,
            Utility.Network
        );
        file = Reported(file, PermitKind.Road, PermitState.Refused);
        Assert.Equal([LegState.Suspended, LegState.PlanAnswered, LegState.Returned], States(file));
        Assert.All(file.Legs, leg => Assert.Null(leg.Beneath));
    }

    [Fact]
    public void A_decision_needs_an_application_and_open_legs()
    {
        var file = JointFiles.At(LegState.PlanAnswered, Utility.Water);
        Assert.Equal("state-conflict", CodeOf(file, PermitKind.Road, PermitState.Granted));
        Assert.Equal("state-conflict", CodeOf(file, PermitKind.Road, PermitState.AppliedFor, Utility.Gas));
        var closed = JointFiles.At(LegState.Closed, Utility.Water);
        Assert.Equal("state-conflict", CodeOf(closed, PermitKind.Road, PermitState.AppliedFor));
    }

    [Fact]
    public void Everything_wrong_with_a_report_is_told_at_once()
    {
        var faults = new FaultList();
        Assert.Null(PermitReader.Read(new PermitRequest(), faults));
        Assert.Equal(["/permit", "/state"], faults.ToList().Select(fault => fault.Pointer));
        faults = new FaultList();
        var decision = new PermitRequest
        {
            Permit = PermitKind.Road,
            State = PermitState.Granted,
            Utilities = [Utility.Gas],
        };
        Assert.Null(PermitReader.Read(decision, faults));
        Assert.Equal("/utilities", Assert.Single(faults.ToList()).Pointer);
    }

    [Fact]
    public void Everybody_inspected_is_told_once_and_stays()
    {
        var file = JointFiles.Of(
            JointFiles.Leg(Utility.Electricity, LegState.Connected),
            JointFiles.Leg(Utility.Water, LegState.Construction),
            JointFiles.Leg(Utility.Gas, LegState.Withdrawn, LegWork.Done)
        );
        var (inspected, notices) = Settled(
            file,
            file.With(file.Leg(Utility.Water)! with { State = LegState.Inspected }),
            s_now
        );
        Assert.Equal(s_now, inspected.AcceptedJointlyAt);
        Assert.Equal(NoticeTypes.JointInspected, Assert.Single(notices).Type);

        var connected = inspected.With(inspected.Leg(Utility.Water)! with { State = LegState.Connected });
        var (later, none) = Settled(inspected, connected, s_now.AddHours(1));
        Assert.Equal(s_now, later.AcceptedJointlyAt);
        Assert.Empty(none);
        Assert.Null(Settled(file, file with { Purpose = "joint.new" }, s_now).Joint.AcceptedJointlyAt);
    }

    private static IEnumerable<LegState> States(JointApplication file) => file.Legs.Select(leg => leg.State);

    private static JointApplication Changed(JointApplication file, Leg leg, DateTimeOffset? at = null) =>
        Settled(file, file.With(leg), at ?? s_now).Joint;

    private static (JointApplication Joint, IReadOnlyList<Notice> Notices) Settled(
        JointApplication before,
        JointApplication after,
        DateTimeOffset at
    )
    {
        var change = JointEffects.After(before, new JointChange(after), at);
        Assert.Equal(
            change.Joint.ToJson(),
            JointEffects
                .After(change.Joint, new JointChange(change.Joint with { Version = after.Version }), at)
                .Joint.ToJson()
        );
        return (change.Joint, change.Notices);
    }

    private static JointApplication Reported(
        JointApplication file,
        PermitKind permit,
        PermitState state,
        params IReadOnlyList<Utility> utilities
    ) => Told(file, permit, state, utilities).Joint;

    private static (JointApplication Joint, IReadOnlyList<Notice> Notices) Told(
        JointApplication file,
        PermitKind permit,
        PermitState state,
        params IReadOnlyList<Utility> utilities
    )
    {
        var command = new PermitCommand(permit, state, "F-1", utilities.Count == 0 ? null : utilities);
        Assert.True(Permits.Report(file, command, s_now).Succeeded(out var after, out _));
        return Settled(file, after, s_now);
    }

    private static string? CodeOf(
        JointApplication file,
        PermitKind permit,
        PermitState state,
        params IReadOnlyList<Utility> utilities
    ) =>
        Permits
            .Report(file, new PermitCommand(permit, state, null, utilities.Count == 0 ? null : utilities), s_now)
            .Succeeded(out _, out var refusal)
            ? null
            : refusal.Code;
}
