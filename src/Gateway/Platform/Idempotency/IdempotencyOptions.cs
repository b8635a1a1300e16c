using System.ComponentModel.DataAnnotations;

namespace Integration.Gateway.Platform.Idempotency;

/// <summary>For how long and how many answers are kept for repetitions. Section <c>Gateway:Idempotency</c>.</summary>
internal sealed record IdempotencyOptions
{
    public const string Section = "Gateway:Idempotency";

    /// <summary>
    /// How long an answer is kept, hours: so long the same key gets it again. 24 to 8,760 (a year); default 168 (7 days).
    /// </summary>
    [Range(24, 8760)]
    public int KeepHours { get; init; } = 168;

    /// <summary>
    /// For how long the key of what had an effect at an agency is not taken again, days; its answer is gone after
    /// <see cref="KeepHours"/>. 1 to 3,660; default 366.
    /// </summary>
    [Range(1, 3660)]
    public int EffectDays { get; init; } = 366;

    /// <summary>
    /// Answers that one caller may have kept; beyond it a new key is 429 <c>quota-exhausted</c>, and nothing that is kept is
    /// forgotten for it. 1,000 to 100,000,000; default 200,000.
    /// </summary>
    [Range(1000, 100_000_000)]
    public int MostPerCaller { get; init; } = 200_000;
}
