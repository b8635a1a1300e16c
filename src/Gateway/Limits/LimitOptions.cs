using System.ComponentModel.DataAnnotations;

namespace Integration.Gateway.Limits;

/// <summary>
/// What callers may send and the gateway takes at once. Section <c>Gateway:Limits</c>. Those that begin with <c>Caller</c>
/// hold for each client whose entry in the callers file says nothing else.
/// </summary>
internal sealed record LimitOptions
{
    public const string Section = "Gateway:Limits";

    /// <summary>Requests of all callers under way at once; beyond it 503 <c>overloaded</c>. Default 1,024.</summary>
    [Range(1, 100_000)]
    public int AtOnce { get; init; } = 1024;

    /// <summary>Share of <see cref="AtOnce"/> that batches may have. Above 0, at most 1; default 0.5.</summary>
    [Range(0.001, 1)]
    public double BatchShare { get; init; } = 0.5;

    /// <summary>Requests a second; beyond it 429 <c>too-many-requests</c>. Default 200.</summary>
    [Range(1, 100_000)]
    public int CallerPerSecond { get; init; } = 200;

    /// <summary>Requests that may be saved up. Default 400.</summary>
    [Range(1, 100_000)]
    public int CallerBurst { get; init; } = 400;

    /// <summary>Requests under way at once; beyond it 429 <c>too-many-requests</c>. Default 128.</summary>
    [Range(1, 10_000)]
    public int CallerAtOnce { get; init; } = 128;

    /// <summary>Requests a day (UTC+8) over all nodes; beyond it 429 <c>quota-exhausted</c>. Default none.</summary>
    [Range(1L, 1_000_000_000L)]
    public long? CallerPerDay { get; init; }
}
