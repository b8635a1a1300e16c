namespace Integration.Gateway.Platform.Timers;

/// <summary>What happens when a timer of one kind is due.</summary>
internal interface ITimerHandler
{
    /// <summary>Stable name, stored with the timer; at most 40 characters.</summary>
    string Kind { get; }

    /// <summary>
    /// Does the work; may run twice for one timer, so it has to bear that. When it throws, it is tried again after 2, 6, 18 and 54 s,
    /// and so again every hour until it succeeds.
    /// </summary>
    /// <returns>
    /// When the timer is due next, which may be at once; null: it ends. It is overruled by a transaction that set the timer since it
    /// was due, the handler's own included.
    /// </returns>
    Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken);
}

/// <summary>A timer is due.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="At">
/// Now, and never before the moment for which the timer was set, even if the clocks of two nodes differ. A state that has a later
/// moment was moved meanwhile.
/// </param>
internal readonly record struct TimerCall(string Key, DateTimeOffset At);
