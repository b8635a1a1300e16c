using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications;

/// <summary>How applicants know the providers.</summary>
internal static class UtilityWords
{
    /// <summary>供电公司 and so on.</summary>
    public static string Provider(Utility utility) =>
        utility switch
        {
            Utility.Electricity => "供电公司",
            Utility.Water => "供水公司",
            Utility.Gas => "燃气公司",
            Utility.Network => "通信运营商",
            Utility.Television => "广电网络公司",
            _ => throw new ArgumentOutOfRangeException(nameof(utility), utility, message: null),
        };
}
