namespace Integration.Adapters.Ports;

/// <summary>How the agencies are doing at this moment, for health checks and the console.</summary>
public interface IAgencyConditions
{
    /// <summary>One entry per agency in use, by name.</summary>
    IReadOnlyList<AgencyCondition> Current { get; }
}

/// <summary>How one agency is doing.</summary>
/// <param name="Agency">The agency's name.</param>
/// <param name="Circuit">Whether it is being asked.</param>
public sealed record AgencyCondition(string Agency, AgencyCircuit Circuit);

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
