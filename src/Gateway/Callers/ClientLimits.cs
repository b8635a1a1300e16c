using System.Globalization;
using Integration.Adapters.Ports;

namespace Integration.Gateway.Callers;

/// <summary>What one client may send: member <c>limits</c> of its entry. A null is as the settings say.</summary>
/// <param name="PerSecond">Requests a second; 1 to 100,000.</param>
/// <param name="Burst">Requests that may be saved up; 1 to 100,000.</param>
/// <param name="AtOnce">Requests under way at once; 1 to 10,000.</param>
/// <param name="PerDay">Requests a day (UTC+8) over all nodes; 1 to 1,000,000,000.</param>
/// <param name="Priority">Whether a person waits for what it asks.</param>
internal sealed record ClientLimits(int? PerSecond, int? Burst, int? AtOnce, long? PerDay, CallPriority Priority)
{
    private const int MostPerSecond = 100_000;
    private const int MostAtOnce = 10_000;
    private const long MostPerDay = 1_000_000_000;

    public static ClientLimits None { get; } = new(null, null, null, null, CallPriority.Live);

    /// <summary>Reads the optional member of a client's entry.</summary>
    public static ClientLimits Read(LimitsDocument? document, EntryFaults limits) =>
        document is null
            ? None
            : new ClientLimits(
                (int?)Within(MostPerSecond, document.PerSecond, "perSecond", limits),
                (int?)Within(MostPerSecond, document.Burst, "burst", limits),
                (int?)Within(MostAtOnce, document.AtOnce, "atOnce", limits),
                Within(MostPerDay, document.PerDay, "perDay", limits),
                document.Priority ?? CallPriority.Live
            );

    private static long? Within(long most, long? number, string member, EntryFaults limits)
    {
        if (number is null || (number >= 1 && number <= most))
        {
            return number;
        }

        limits.Add(
            member,
            "number-range",
            string.Create(CultureInfo.InvariantCulture, $"A whole number from 1 to {most} is needed.")
        );
        return null;
    }
}
