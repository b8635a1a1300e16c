using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Policy;
using Integration.Gateway.Tests.Policy;
using LegFee = Integration.Gateway.JointApplications.Model.LegFee;
using LegProblem = Integration.Gateway.JointApplications.Model.LegProblem;

namespace Integration.Gateway.Tests.JointApplications;

public class LegFeesTests
{
    private static readonly FeePolicy s_fees = PolicyBook
        .Open(PolicyFile.In(directory: null), Agencies.All)
        .InForce(Moments.Now)
        .Fees;

    private static readonly DateTimeOffset s_now = Moments.Now;

    [Theory]
    [InlineData(Utility.Electricity, "移表费", "移表费")]
    [InlineData(Utility.Electricity, "移 表-费（一次）", "移表费")]
    [InlineData(Utility.Electricity, "高可靠性供电费及调试费", "调试费")]
    [InlineData(Utility.Electricity, "变压器试验费", "电缆、变压器试验费")]
    [InlineData(Utility.Electricity, "茶水费", "许可目录以外的收费")]
    [InlineData(Utility.Electricity, null, "许可目录以外的收费")]
    [InlineData(Utility.Network, "带电作业费", "带电作业费")]
    [InlineData(Utility.Water, "碰头费", "开关闸费等工程费用")]
    [InlineData(Utility.Gas, "接驳费", "接驳费等接入费用")]
    public void A_forbidden_fee_is_known_however_it_is_written(Utility utility, string? name, string entry) =>
        Assert.Equal(entry, s_fees.ObjectionTo(utility, name)?.Name);

    [Theory]
    [InlineData(Utility.Electricity, "高可靠性供电费")]
    [InlineData(Utility.Electricity, "高可靠性 供电费")]
    [InlineData(Utility.Water, "水费预存")]
    [InlineData(Utility.Network, "宽带月租")]
    public void What_may_be_charged_has_no_objection(Utility utility, string name) =>
        Assert.Null(s_fees.ObjectionTo(utility, name));

    [Fact]
    public void An_allowed_fee_stays_with_the_leg_and_a_forbidden_one_becomes_a_problem()
    {
        var (leg, raised) = Applied(Leg(), Fee("高可靠性供电费", 1200), Fee("移表费", 120.5m));

        Assert.Equal("高可靠性供电费", Assert.Single(leg.Fees).Name);
        var problem = Assert.Single(leg.Problems);
        Assert.Equal(LegProblems.ForbiddenFee, problem.Problem);
        Assert.StartsWith("移表费 120.5 元", problem.Text, StringComparison.Ordinal);
        Assert.Equal("移表费", Assert.Single(raised).Name);
    }

    [Fact]
    public void The_same_bill_again_raises_nothing_before_it_is_charged_anew()
    {
        var (once, _) = Applied(Leg(), Fee("移表费", 120));
        Assert.Empty(Applied(once, Fee("移表费", 120)).Raised);

        Assert.True(LegTransitions.CloseOut(once, 1, "REFUND-1", s_now).Succeeded(out var closed, out _));
        Assert.Empty(Applied(closed, Fee("移表费", 120)).Raised);
        var (again, raised) = LegFees.Apply(
            closed,
            closed,
            Status(s_now.AddHours(1), Fee("移表费", 120)),
            s_fees,
            s_now
        );
        Assert.Single(raised);
        Assert.Equal(2, again.Problems.Count);
    }

    [Fact]
    public void The_latest_word_on_a_fee_stands_and_a_late_one_does_not_replace_it()
    {
        var leg = Leg() with { StatusAt = s_now, Fees = [Fee("高可靠性供电费", 900)] };
        var late = LegFees.Apply(leg, leg, Status(s_now.AddDays(-1), Fee("高可靠性供电费", 500)), s_fees, s_now);
        Assert.Equal(900, Assert.Single(late.Leg.Fees).Amount);
        var latest = LegFees.Apply(leg, leg, Status(s_now.AddDays(1), Fee("高可靠性供电费", 950)), s_fees, s_now);
        Assert.Equal(950, Assert.Single(latest.Leg.Fees).Amount);
    }

    [Fact]
    public void A_problem_is_closed_out_once_and_what_holds_a_leg_back_not_by_hand()
    {
        var (leg, _) = Applied(Leg(), Fee("移表费", 120));
        Assert.True(LegTransitions.CloseOut(leg, 1, "REFUND-1", s_now).Succeeded(out var closed, out _));
        Assert.Equal("REFUND-1", closed.Problems[0].Reference);
        Assert.Equal(s_now, closed.Problems[0].ClosedAt);

        Assert.Equal("state-conflict", CodeOf(LegTransitions.CloseOut(closed, 1, "REFUND-2", s_now)));
        Assert.Equal("not-found", CodeOf(LegTransitions.CloseOut(closed, 2, "REFUND-2", s_now)));
        var held = Leg() with
        {
            Problems =
            [
                new LegProblem
                {
                    Problem = "refused",
                    Text = "-",
                    Since = s_now,
                },
            ],
        };
        Assert.Equal("state-conflict", CodeOf(LegTransitions.CloseOut(held, 1, "PHONE-1", s_now)));
    }

    private static string? CodeOf(Gateway.Platform.Problems.Result<Leg> result) =>
        result.Succeeded(out _, out var refusal) ? null : refusal.Code;

    private static (Leg Leg, IReadOnlyList<FeeObjection> Raised) Applied(Leg leg, params IReadOnlyList<LegFee> fees) =>
        LegFees.Apply(leg, leg, Status(s_now, fees), s_fees, s_now);

    private static ReportedStatus Status(DateTimeOffset at, params IReadOnlyList<LegFee> fees) =>
        new("s-1", "accepted", LegState.Accepted, at) { Fees = fees };

    private static LegFee Fee(string? name, decimal amount) => new() { Name = name, Amount = amount };

    private static Leg Leg() =>
        new()
        {
            LegId = new LegId("jnt_1", Utility.Electricity),
            Utility = Utility.Electricity,
            State = LegState.Accepted,
            Since = s_now.AddDays(-1),
            Work = LegWork.Watch,
        };
}
