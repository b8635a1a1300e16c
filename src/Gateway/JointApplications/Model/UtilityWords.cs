using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>How applicants know the providers.</summary>
internal static class UtilityWords
{
    /// <summary>供电公司 and so on.</summary>
    public static string Provider(Utility utility) => UtilityTable.For(utility).Provider;
}
