namespace Integration.Adapters.Ports;

/// <summary>How the agencies are doing at this moment, for health checks and the console.</summary>
public interface IAgencyConditions
{
    /// <summary>One entry per agency in use, by name.</summary>
    IReadOnlyList<AgencyCondition> Current { get; }

    /// <summary>
    /// Notes a call without a usable answer; composed questions note theirs themselves. What never reached the agency
    /// (no place, maintenance, circuit open) and agencies not in use are not kept.
    /// </summary>
    void Note(string agency, AgencyFailure failure);
}

/// <summary>How one agency, or a service of it that hands out keys, is doing on this node.</summary>
/// <param name="Agency">The agency's name.</param>
/// <param name="Circuit">Whether it is being asked.</param>
/// <param name="Use">Its limits and what is used of them.</param>
/// <param name="LastFailure">The last call without a usable answer; null: none since the start.</param>
public sealed record AgencyCondition(
    string Agency,
    AgencyCircuit Circuit,
    AgencyUse Use,
    LastAgencyFailure? LastFailure
);

/// <summary>An agency's limits and what is used of them at this moment.</summary>
/// <param name="InUse">Requests under way.</param>
/// <param name="Waiting">Requests waiting for a place.</param>
/// <param name="Parallel">Most that may be under way.</param>
/// <param name="MayWait">Most that may wait.</param>
/// <param name="ForBatches">Most of the places that batches may have.</param>
/// <param name="Rate">Requests a second; null: no limit.</param>
/// <param name="Day">Requests a day; null: no limit.</param>
public sealed record AgencyUse(
    int InUse,
    int Waiting,
    int Parallel,
    int MayWait,
    int ForBatches,
    RateUse? Rate,
    DayUse? Day
);

/// <summary>Requests a second.</summary>
/// <param name="PerSecond">How many are added a second.</param>
/// <param name="Burst">How many may be saved up.</param>
/// <param name="Left">How many may be sent at once now.</param>
public sealed record RateUse(int PerSecond, int Burst, int Left);

/// <summary>Requests a day (UTC+8).</summary>
/// <param name="PerDay">How many there are.</param>
/// <param name="Left">How many no node has reserved yet, as this node last saw it; null: it has reserved none today.</param>
public sealed record DayUse(long PerDay, long? Left);

/// <summary>A call without a usable answer.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Failure">Where and on whose side.</param>
public sealed record LastAgencyFailure(DateTimeOffset At, AgencyFailure Failure);

/// <summary>States of an agency's circuit breaker.</summary>
public enum AgencyCircuit
{
    /// <summary>It is asked.</summary>
    Closed,

    /// <summary>It failed too often; one call is let through to see whether it is back.</summary>
    HalfOpen,

    /// <summary>It failed too often and is left alone for a while.</summary>
    Open,
}
