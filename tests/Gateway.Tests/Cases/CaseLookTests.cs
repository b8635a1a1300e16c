using Integration.Gateway.Cases.Model;
using Integration.Gateway.Notices;
using static Integration.Gateway.Tests.Cases.CaseBuilder;

namespace Integration.Gateway.Tests.Cases;

public class CaseLookTests
{
    [Fact]
    public void Each_colour_is_told_once_with_the_next_moment_set()
    {
        var file = OpenedByEvent("2026-11-23T09:00:00+08:00");
        Assert.Same(file, CaseDeadlineCheck.At(file, At("2026-11-23T10:00:00+08:00")).Change.File);

        var yellow = CaseDeadlineCheck.At(file, At("2026-11-23T10:24:00+08:00")).Change;
        Assert.Equal(NoticeTypes.ClockWarning, Assert.Single(yellow.Notices).Type);
        Assert.Equal("yellow", Assert.Single(yellow.Facts).Outcome);
        Assert.True(Assert.Single(yellow.Marks).IsYellow);
        Assert.Equal(Time("2026-11-23T11:00:00+08:00"), yellow.File.WakeAt);
        Assert.Empty(CaseDeadlineCheck.At(yellow.File, At("2026-11-23T10:24:00+08:00")).Change.Facts);

        var red = CaseDeadlineCheck.At(yellow.File, At("2026-11-23T11:00:00+08:00")).Change;
        Assert.Equal(NoticeTypes.ClockOverdue, Assert.Single(red.Notices).Type);
        Assert.Empty(red.Marks);
        Assert.Null(red.File.WakeAt);
    }

    [Fact]
    public void A_clock_found_red_is_told_red_and_counts_once_for_the_team()
    {
        var late = CaseDeadlineCheck
            .At(OpenedByEvent("2026-11-23T09:00:00+08:00"), At("2026-11-24T09:00:00+08:00"))
            .Change;

        Assert.Equal(NoticeTypes.ClockOverdue, Assert.Single(late.Notices).Type);
        Assert.True(Assert.Single(late.Marks).IsYellow);
    }

    [Fact]
    public void A_clock_of_two_limits_counts_once_for_the_team()
    {
        var file = Accepted(limits: ["non-resident-low-voltage", "non-resident-without-outside-works"]);

        var first = CaseDeadlineCheck.At(file, At("2026-11-25T17:00:00+08:00")).Change;
        var second = CaseDeadlineCheck.At(first.File, At("2026-11-30T17:00:00+08:00")).Change;

        Assert.Single(first.Marks);
        Assert.Equal(2, second.Facts.Count); // the shorter is red, the longer yellow
        Assert.Empty(second.Marks);
    }

    [Fact]
    public void A_clock_that_ends_on_plan_ends_the_teams_row()
    {
        var change = Changed(
            CaseMilestones.Reach(Accepted(limits: "small-micro-direct"), "connected", At("2026-11-23T10:00:00+08:00"))
        );

        var mark = Assert.Single(change.Marks);
        Assert.False(mark.IsYellow);
        Assert.Equal("low-voltage-nonresidential-new", mark.Team);
    }

    [Fact]
    public void A_clock_that_ended_late_before_anybody_looked_is_still_told()
    {
        var change = Changed(
            CaseMilestones.Reach(Accepted(limits: "small-micro-direct"), "connected", At("2026-11-26T10:00:00+08:00"))
        );

        Assert.Equal(NoticeTypes.ClockOverdue, Assert.Single(change.Notices).Type);
        Assert.Equal(["connected", "red"], change.Facts.Select(fact => fact.Outcome));
    }

    [Fact]
    public void A_missing_year_is_said_and_looked_at_again_what_can_be_read_is_told()
    {
        var file = Accepted("2026-12-31T15:00:00+08:00", "small-micro-direct"); // due on the first working day of 2027
        Assert.Equal(Time("2026-12-31T15:00:00+08:00"), file.WakeAt);

        var look = CaseDeadlineCheck.At(file, At("2026-12-31T16:00:00+08:00"));

        Assert.Equal(2027, look.Missing!.Year);
        Assert.Empty(look.Change.Facts);
        var read = Read(file, "whole", "2026-12-31T16:00:00+08:00");
        Assert.Null(read.Colour);
        Assert.Contains("2027", read.Note, StringComparison.Ordinal);
    }
}
