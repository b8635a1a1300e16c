using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What the gateway knows of each utility: one line each. How its provider works stands in its adapter.</summary>
internal static class UtilityTable
{
    private static readonly UtilityLine[] s_lines =
    [
        new(Utility.Electricity, "供电公司", "capacityKw", need => need.CapacityKw, 100_000, "请填写用电容量（千瓦）"),
        new(Utility.Water, "供水公司", "peakFlow", need => need.PeakFlow, 10_000, "请填写用水高峰流量（立方米/小时）"),
        new(Utility.Gas, "燃气公司", "peakFlow", need => need.PeakFlow, 10_000, "请填写用气高峰流量（立方米/小时）"),
        new(
            Utility.Network,
            "通信运营商",
            "bandwidthMbit",
            need => need.BandwidthMbit,
            100_000,
            "请填写网络带宽（兆）"
        ),
        new(Utility.Television, "广电网络公司", "outlets", need => need.Outlets, 1_000, "请填写电视终端数"),
    ];

    public static IReadOnlyList<UtilityLine> Lines => s_lines;

    /// <summary>Whether a utility has a line.</summary>
    public static bool Knows(Utility utility) => Array.Exists(s_lines, line => line.Utility == utility);

    public static UtilityLine For(Utility utility) =>
        Array.Find(s_lines, line => line.Utility == utility)
        ?? throw new ArgumentOutOfRangeException(nameof(utility), utility, "The table has no line for it.");
}

/// <summary>One utility.</summary>
/// <param name="Utility">Which.</param>
/// <param name="Provider">How applicants know its provider.</param>
/// <param name="Need">The member of the need that it has to be told.</param>
/// <param name="Value">Its value.</param>
/// <param name="Most">Its largest value.</param>
/// <param name="IfMissing">What the applicant is told when it is missing.</param>
internal sealed record UtilityLine(
    Utility Utility,
    string Provider,
    string Need,
    Func<UtilityNeed, decimal?> Value,
    int Most,
    string IfMissing
);
