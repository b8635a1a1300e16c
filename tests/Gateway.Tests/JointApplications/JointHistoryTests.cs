using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Tests.Cases;

namespace Integration.Gateway.Tests.JointApplications;

public class JointHistoryTests
{
    private const string Ten = "2026-11-23T10:00:00+08:00";
    private const string Eleven = "2026-11-23T11:00:00+08:00";

    [Fact]
    public void The_timeline_has_the_whole_the_visit_and_who_was_waited_for()
    {
        var file = JointClockBuilder
            .Open()
            .Move(Utility.Water, Ten, LegState.Returned, LegWork.Hold)
            .Move(Utility.Water, Eleven, LegState.Accepted)
            .Move(Utility.Electricity, Eleven, LegState.AwaitingPermit)
            .Joint with
        {
            Visit = new JointVisit(1, CaseBuilder.Time(Ten), CaseBuilder.Time(Eleven), CaseBuilder.Time(Ten), []),
        };

        var entries = JointApplicationHistory
            .Read(file)
            .Select(entry => $"{entry.Kind} {entry.What} {entry.Outcome} {entry.By}: {entry.Detail}");

        Assert.Equal(
            [
                "act joint-application inProgress hall: water: accepted; electricity: awaitingPermit",
                "visit survey proposed hall: 2026-11-23 10:00 to 11:00; confirmed: ",
                "stop water returned applicant: until 2026-11-23 11:00",
                "stop electricity awaitingPermit authority: it lasts",
            ],
            entries
        );
    }

    [Fact]
    public void The_hall_is_told_of_each_leg_that_moved_and_once_that_all_are_connected()
    {
        var world = JointClockBuilder.Open();
        var opened = world.Joint;
        var returned = world.Move(Utility.Water, Ten, LegState.Returned, LegWork.Hold).Joint;
        Assert.Equal(["joint.returned"], Told(opened, returned));

        var half = world.Move(Utility.Water, Eleven, LegState.Connected).Joint;
        Assert.Equal(["joint.leg-changed"], Told(returned, half));
        var all = world.Move(Utility.Electricity, Eleven, LegState.Connected).Joint;
        Assert.Equal(["joint.leg-changed", "joint.connected"], Told(half, all));
        var closed = world.Move(Utility.Water, Eleven, LegState.Closed).Joint;
        Assert.Equal(["joint.leg-changed"], Told(all, closed));
        Assert.Empty(Told(closed, closed with { Version = 9 }));

        static IEnumerable<string> Told(JointApplication before, JointApplication after) =>
            JointApplicationNotifications
                .Between(before, after, CaseBuilder.Time(Eleven))
                .Select(notice => notice.Type);
    }
}
