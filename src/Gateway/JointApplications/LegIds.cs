using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications;

/// <summary>A leg's number names its joint application and its utility: <c>jnt_….water</c>.</summary>
internal static class LegIds
{
    public static string Of(string jointId, Utility utility) => $"{jointId}.{JsonNames.Of(utility)}";

    /// <summary>Null: it is no leg's number.</summary>
    public static (string JointId, Utility Utility)? Parse(string? legId)
    {
        var cut = legId?.LastIndexOf('.') ?? -1;
        return cut > 0 && JsonNames.Find<Utility>(legId![(cut + 1)..]) is { } utility ? (legId[..cut], utility) : null;
    }
}
