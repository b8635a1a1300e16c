using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Form;

/// <summary>What each utility has to be told. Pure.</summary>
internal static class NeedRules
{
    private const int LongestUse = 64;

    /// <summary>Adds a fault for every value out of range, and for one that belongs to another utility.</summary>
    public static void Check(UtilityNeed need, Utility utility, string pointer, FaultList faults)
    {
        Range(need.CapacityKw, 100_000, "capacityKw", utility == Utility.Electricity);
        Range(need.PeakFlow, 10_000, "peakFlow", utility is Utility.Water or Utility.Gas);
        Range(need.BandwidthMbit, 100_000, "bandwidthMbit", utility == Utility.Network);
        Range(need.Outlets, 1_000, "outlets", utility == Utility.Television);
        if (need.Use is { } use && (use.Length is 0 or > LongestUse || use.Any(char.IsControl)))
        {
            faults.Add($"{pointer}/use", "length", "A use has 1 to 64 characters, no control characters.");
        }

        void Range(decimal? value, int most, string member, bool belongs)
        {
            if (value is not null && !belongs)
            {
                faults.Add($"{pointer}/{member}", "unexpected", $"It does not go with {JsonNames.Of(utility)}.");
            }
            else if (value <= 0 || value > most)
            {
                faults.Add($"{pointer}/{member}", "number-range", $"It is more than 0 and at most {most}.");
            }
        }
    }

    /// <summary>What is missing before the leg can be sent.</summary>
    public static IReadOnlyList<LegGap> Gaps(Wish wish, JointKind kind)
    {
        var gaps = new List<LegGap>();
        if (wish.Consent is null)
        {
            gaps.Add(
                new LegGap(
                    "consent",
                    $"请单独同意向{UtilityWords.Provider(wish.Utility)}提供申请信息（个人信息保护法第二十三条）"
                )
            );
        }

        if (kind == JointKind.New && Missing(wish) is { } need)
        {
            gaps.Add(need);
        }

        if (kind == JointKind.Transfer && wish.Account is null)
        {
            gaps.Add(new LegGap("account", $"请填写{UtilityWords.Provider(wish.Utility)}户号"));
        }

        return gaps;
    }

    private static LegGap? Missing(Wish wish) =>
        (wish.Utility, wish.Need) switch
        {
            (Utility.Electricity, { CapacityKw: null }) => new LegGap("need.capacityKw", "请填写用电容量（千瓦）"),
            (Utility.Water, { PeakFlow: null }) => new LegGap("need.peakFlow", "请填写用水高峰流量（立方米/小时）"),
            (Utility.Gas, { PeakFlow: null }) => new LegGap("need.peakFlow", "请填写用气高峰流量（立方米/小时）"),
            (Utility.Network, { BandwidthMbit: null }) => new LegGap("need.bandwidthMbit", "请填写网络带宽（兆）"),
            (Utility.Television, { Outlets: null }) => new LegGap("need.outlets", "请填写电视终端数"),
            _ => null,
        };
}
