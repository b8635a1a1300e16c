using System.Globalization;

namespace Integration.Gateway.Notices.Delivery;

/// <summary>What came of one attempt: the answer's status, or why there was none.</summary>
/// <param name="Status">The HTTP status; null: there was no answer.</param>
/// <param name="RetryAfter">When the subscriber wants it again, from now; null: it did not say. Zero: a moment that is over.</param>
/// <param name="Silence"><see cref="Timeout"/> or <see cref="Connection"/> when there was no answer.</param>
internal readonly record struct Attempt(int? Status, TimeSpan? RetryAfter = null, string? Silence = null)
{
    public const string Timeout = "timeout";
    public const string Connection = "connection";

    public bool IsDelivered => Status is >= 200 and < 300;

    /// <summary>The subscriber does not want this one: it would not be taken the next time either.</summary>
    public bool IsRefused => Status is >= 400 and < 500 and not (408 or 425 or 429);

    /// <summary>How it stands on record, e.g. <c>http-503</c>; from a bounded set.</summary>
    public string Failure =>
        Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"http-{status}") : Silence!;
}

/// <summary>When a notice is sent again, and when no more. Pure.</summary>
internal static class RetryPlan
{
    /// <summary>A refused notice is a dead letter after so many refusals.</summary>
    public const int MostRefusals = 3;

    /// <summary>So many failures of a notice hold up everything of its subscriber; after them only its own case waits.</summary>
    public const int FailuresThatHoldAll = 3;

    /// <summary>A subscriber that asks for patience gets it up to here.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    private static readonly TimeSpan[] s_first =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(3),
    ];

    private static readonly TimeSpan s_then = TimeSpan.FromHours(6);

    /// <summary>Failures during which a subscriber asked for patience: nothing is sent to it until then.</summary>
    public static readonly IReadOnlyList<string> AskedForPatience = ["http-429", "http-503"];

    /// <summary>Failures in which the subscriber did not read the notice: it is sent as soon as the subscriber is back.</summary>
    public static readonly IReadOnlyList<string> Unreachable =
    [
        Attempt.Timeout,
        Attempt.Connection,
        "http-502",
        "http-504",
    ];

    /// <summary>The pause after a failed attempt; null: no more attempts.</summary>
    /// <param name="attempt">What came of it.</param>
    /// <param name="failures">Failed attempts, this one included.</param>
    /// <param name="refusals">Those of them that were refusals.</param>
    /// <param name="elapsed">
    /// Since the first attempt began, by the clock: a pause that was planned and cut short, or asked for, is no time gone by.
    /// </param>
    /// <param name="giveUpAfter">For how long a notice is sent again; the last attempt is then.</param>
    public static TimeSpan? PauseAfter(
        Attempt attempt,
        int failures,
        int refusals,
        TimeSpan elapsed,
        TimeSpan giveUpAfter
    )
    {
        if (attempt.IsRefused && refusals >= MostRefusals)
        {
            return null;
        }

        var left = giveUpAfter - elapsed;
        if (left <= TimeSpan.Zero)
        {
            return null;
        }

        if (AskedForPatience.Contains(attempt.Failure, StringComparer.Ordinal) && attempt.RetryAfter is { } asked)
        {
            return TimeSpan.FromTicks(Math.Clamp(asked.Ticks, s_first[0].Ticks, LongestRetryAfter.Ticks));
        }

        var pause = Pause(failures);
        return pause < left ? pause : left;
    }

    private static TimeSpan Pause(int failure) => failure <= s_first.Length ? s_first[failure - 1] : s_then;
}
