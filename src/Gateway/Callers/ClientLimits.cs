using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Contracts.Problems;

namespace Integration.Gateway.Callers;

/// <summary>What one client may send: member <c>limits</c> of its entry. A null is as the settings say.</summary>
/// <param name="PerSecond">Requests a second; 1 to 100,000.</param>
/// <param name="Burst">Requests that may be saved up; 1 to 100,000.</param>
/// <param name="AtOnce">Requests under way at once; 1 to 10,000.</param>
/// <param name="PerDay">Requests a day (UTC+8) over all nodes; 1 to 1,000,000,000.</param>
/// <param name="Priority">Whether somebody waits for what it asks.</param>
internal sealed record ClientLimits(int? PerSecond, int? Burst, int? AtOnce, long? PerDay, CallPriority Priority)
{
    private const int MostPerSecond = 100_000;
    private const int MostAtOnce = 10_000;
    private const long MostPerDay = 1_000_000_000;

    public static ClientLimits None { get; } = new(null, null, null, null, CallPriority.Live);

    /// <summary>Reads the optional member of a client's entry.</summary>
    public static ClientLimits Read(StrictObject client, List<FieldFault> faults)
    {
        if (client.Optional("limits") is not { } element)
        {
            return None;
        }

        var limits = new StrictObject(
            element,
            client.PointerTo("limits"),
            faults,
            "perSecond",
            "burst",
            "atOnce",
            "perDay",
            "priority"
        );
        return element.ValueKind != JsonValueKind.Object
            ? None
            : new ClientLimits(
                (int?)limits.OptionalNumber("perSecond", 1, MostPerSecond),
                (int?)limits.OptionalNumber("burst", 1, MostPerSecond),
                (int?)limits.OptionalNumber("atOnce", 1, MostAtOnce),
                limits.OptionalNumber("perDay", 1, MostPerDay),
                limits.Optional("priority") is null ? CallPriority.Live : limits.OneOf<CallPriority>("priority")
            );
    }
}
