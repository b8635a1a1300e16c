using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Notices;
using Integration.Gateway.Tests.Cases;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>What is told, to whom and when: 70 % of the 810 minutes from Monday 09:00 to Tuesday 17:30 are 567.</summary>
public class JointLookTests
{
    private const string Ten = "2026-11-23T10:00:00+08:00";
    private const string Yellow = "2026-11-24T11:27:00+08:00";
    private const string Red = "2026-11-24T17:30:00+08:00";

    [Fact]
    public void The_next_look_is_the_next_change_of_a_colour()
    {
        var world = JointClockBuilder.Open();

        Assert.Equal(CaseBuilder.Time(Yellow), world.Next(Ten));
        Assert.Empty(world.Look(Ten).Change.Facts);
    }

    [Fact]
    public void Yellow_reminds_the_hall_and_the_provider_and_red_escalates_once_each()
    {
        var world = JointClockBuilder.Open().Move(Utility.Electricity, Ten, LegState.Connected);

        var yellow = world.Look(Yellow).Change;
        var fact = Assert.Single(yellow.Facts);
        Assert.Equal(("water", "reminder"), (fact.Subject, fact.Outcome));
        Assert.Equal(["hall", "Water"], yellow.Notices.Select(notice => notice.CallerId));
        Assert.All(yellow.Notices, notice => Assert.Equal(NoticeTypes.JointReminder, notice.Type));
        Assert.Empty(world.Look(Yellow).Change.Notices);
        Assert.Equal(CaseBuilder.Time(Red), world.Next(Yellow));

        var red = world.Look(Red).Change;
        Assert.Equal("escalation", Assert.Single(red.Facts).Outcome);
        Assert.All(red.Notices, notice => Assert.Equal(NoticeTypes.JointEscalation, notice.Type));
        Assert.Empty(world.Look("2026-11-25T09:00:00+08:00").Change.Facts);
    }

    [Fact]
    public void The_whole_is_told_to_the_hall_alone()
    {
        var world = JointClockBuilder.Open();
        world.Look("2026-11-27T17:00:00+08:00");

        var told = world.Look("2026-11-30T17:30:00+08:00").Change;

        var fact = Assert.Single(told.Facts);
        Assert.Equal(("joint", "escalation"), (fact.Subject, fact.Outcome));
        Assert.Equal("hall", Assert.Single(told.Notices).CallerId);
    }

    [Fact]
    public void A_clock_that_ended_too_late_is_told_although_nobody_looked_meanwhile()
    {
        var world = JointClockBuilder.Open().Move(Utility.Water, "2026-11-25T09:00:00+08:00", LegState.Accepted);

        Assert.Equal(CaseBuilder.Time("2026-11-25T09:30:00+08:00"), world.Next("2026-11-25T09:30:00+08:00"));
        var told = world.Look("2026-11-25T09:30:00+08:00").Change;
        Assert.Contains(told.Facts, fact => fact is { Subject: "water", Outcome: "escalation" });
    }

    [Fact]
    public void A_year_without_a_calendar_is_said_and_looked_at_at_once_and_never_nothing_due()
    {
        const string Now = "2026-12-31T09:00:00+08:00";
        var world = JointClockBuilder.Open(at: Now);

        Assert.Equal(CaseBuilder.Time(Now), world.Next(Now));
        Assert.Equal(2027, world.Look(Now).Missing!.Year);
        var clock = world.Clock(Utility.Water, "acceptance", Now)!;
        Assert.Contains("2027", clock.Note, StringComparison.Ordinal);
        Assert.Null(clock.Colour);
    }
}
