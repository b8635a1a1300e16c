using System.Text.RegularExpressions;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Tests.Cases;
using LegSuspension = Integration.Gateway.JointApplications.Model.LegSuspension;

namespace Integration.Gateway.Tests.JointApplications;

public partial class NextStepsTests
{
    /// <summary>Every work in every state, wanted and not, with gaps and without, suspended through each of three.</summary>
    public static TheoryData<string> All =>
        new(
            from work in Enum.GetValues<LegWork>()
            from state in Enum.GetValues<LegState>()
            from isUnwanted in new[] { false, true }
            from who in new[] { "provider", "applicant", "authority" }
            from gaps in new[] { 0, 2 }
            select $"{work} {state} {isUnwanted} {who} {gaps}"
        );

    [Theory]
    [MemberData(nameof(All))]
    public void Every_leg_has_one_sentence_without_codes_that_names_its_provider(string combination)
    {
        var parts = combination.Split(' ');
        foreach (var utility in Enum.GetValues<Utility>())
        {
            var leg = Leg(utility) with
            {
                Work = Enum.Parse<LegWork>(parts[0]),
                State = Enum.Parse<LegState>(parts[1]),
                HeldIn = LegState.Accepted,
                IsUnwanted = bool.Parse(parts[2]),
                Suspension = new LegSuspension { Who = parts[3] },
                Gaps =
                [
                    .. Enumerable.Range(0, int.Parse(parts[4], null)).Select(_ => new LegGap("item", "请填写容量")),
                ],
            };
            var text = NextSteps.For(leg, by: null).Text;

            Assert.Contains(UtilityTable.For(utility).Provider, text, StringComparison.Ordinal);
            Assert.Matches(Sentence(), text);
        }
    }

    [Fact]
    public void The_applicant_is_told_until_when_and_what_is_missing()
    {
        var due = CaseBuilder.Time("2026-11-24T17:30:00+08:00");
        Assert.Equal(due, NextSteps.For(Leg(Utility.Water), due).By);

        var held = Leg(Utility.Gas) with { Work = LegWork.Hold, Gaps = [new LegGap("account", "请填写用气户号")] };
        Assert.Equal("请填写用气户号。补齐后由燃气公司继续办理。", NextSteps.For(held, by: null).Text);

        var untold = TransferLegs.Untold(Leg(Utility.Gas), due);
        Assert.Equal(
            "不动产登记机构尚未答复，我们会自动再次查询，查明未被查封后转交燃气公司，暂不需要您操作。",
            NextSteps.For(untold, due).Text
        );
    }

    private static Leg Leg(Utility utility) =>
        new()
        {
            LegId = new LegId("jnt_1", utility),
            Utility = utility,
            State = LegState.Received,
            Since = default,
            Work = LegWork.Watch,
        };

    [GeneratedRegex("^[^A-Za-z0-9_]{5,}。$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentence();
}
