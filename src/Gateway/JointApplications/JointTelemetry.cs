using System.Diagnostics.Metrics;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications;

/// <summary>Figures of joint applications.</summary>
internal static class JointTelemetry
{
    private static readonly Meter s_meter = new("Integration.JointApplications");

    /// <summary>Steps at providers, by utility, work and what came of them.</summary>
    private static readonly Counter<long> s_steps = s_meter.CreateCounter<long>("integration.legs.steps", "{step}");

    /// <summary>Statuses, by utility and effect.</summary>
    private static readonly Counter<long> s_statuses = s_meter.CreateCounter<long>(
        "integration.legs.statuses",
        "{status}"
    );

    public static void CountStep(Utility utility, string work, string result) =>
        s_steps.Add(
            1,
            new KeyValuePair<string, object?>("utility", JsonNames.From(utility)),
            new KeyValuePair<string, object?>("work", work),
            new KeyValuePair<string, object?>("result", result)
        );

    public static void CountStatus(Utility utility, StatusEffect effect) =>
        s_statuses.Add(
            1,
            new KeyValuePair<string, object?>("utility", JsonNames.From(utility)),
            new KeyValuePair<string, object?>("effect", JsonNames.From(effect))
        );
}
