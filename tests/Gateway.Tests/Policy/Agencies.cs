using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Tests.Policy;

/// <summary>The agencies that answer each kind of check, as the adapters register them.</summary>
internal static class Agencies
{
    public static ILookup<CheckKind, string> All { get; } =
        new (CheckKind Kind, string Agency)[]
        {
            (CheckKind.Identity, "population-registry"),
            (CheckKind.BusinessLicence, "business-licence"),
            (CheckKind.BusinessLicence, "licence-library"),
            (CheckKind.PropertyTitle, "real-estate"),
            (CheckKind.PropertyTitle, "licence-library"),
            (CheckKind.UtilityAccount, "electricity"),
            (CheckKind.Household, "population-registry"),
            (CheckKind.ProjectApproval, "project-approval"),
        }.ToLookup(source => source.Kind, source => source.Agency);

    /// <summary>The utilities whose providers are registered.</summary>
    public static HashSet<Utility> Utilities { get; } = [.. Enum.GetValues<Utility>()];
}

internal static class Moments
{
    /// <summary>Monday, 23 November 2026, 10:00 in the county.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8));
}
