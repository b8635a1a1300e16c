using Integration.Contracts.V1.Cases;

namespace Integration.Gateway.Clocks;

/// <summary>What a clock may use up, frozen when it starts.</summary>
/// <param name="Kind">How it counts.</param>
/// <param name="Amount">Minutes or working days; at least 1.</param>
internal sealed record ClockTerms(ClockKind Kind, int Amount);

/// <summary>A time in which a clock stands still; no end: it still does.</summary>
internal sealed record ClockPause(DateTimeOffset From, DateTimeOffset? Until);

/// <summary>A clock as it stands at a moment.</summary>
internal readonly record struct ClockReading
{
    /// <summary>What was used up, without the pauses: time that counts.</summary>
    public required TimeSpan Used { get; init; }

    /// <summary>What is allowed; null when the clock only measures.</summary>
    public TimeSpan? Allowed { get; init; }

    /// <summary>When the limit is reached if nothing stops it any more; null while it stands still, or when it only measures.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required ClockColour Colour { get; init; }

    /// <summary>Whether it stands still at the moment.</summary>
    public bool IsPaused { get; init; }

    /// <summary>When the colour changes by itself; null when it does not any more.</summary>
    public DateTimeOffset? ChangesAt { get; init; }
}
