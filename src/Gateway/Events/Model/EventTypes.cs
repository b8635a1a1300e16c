using Integration.Contracts.V1.Events;

namespace Integration.Gateway.Events.Model;

/// <summary>The published types of events.</summary>
internal static class EventTypes
{
    public const string Opened = "enterprise.opened";
    public const string Changed = "enterprise.changed";
    public const string Withdrawn = "enterprise.withdrawn";
    public const string IntentChanged = "enterprise.intent-changed";

    /// <summary>A property went over, and accounts of utilities may go with it (不动产+水电气).</summary>
    public const string Transferred = "registry.transferred";

    public static readonly IReadOnlyList<string> All = [Opened, Changed, Withdrawn, IntentChanged, Transferred];

    /// <summary>What all types are for, each once.</summary>
    public static readonly IReadOnlyList<string> Purposes = [.. All.Select(PurposeOf).Distinct(StringComparer.Ordinal)];

    /// <summary>What an event of this type is for: what has to be granted to hand it in, and under what it is acted on.</summary>
    public static string PurposeOf(string type) =>
        type == Transferred ? Grants.Purposes.JointTransfer : Grants.Purposes.EnterpriseOpening;

    /// <summary>Whether any utility is ticked.</summary>
    public static bool WantsAny(EventUtilities? utilities) =>
        utilities
            is { Electricity.Requested: true }
                or { Water.Requested: true }
                or { Gas.Requested: true }
                or { Network.Requested: true }
                or { Television.Requested: true };
}
