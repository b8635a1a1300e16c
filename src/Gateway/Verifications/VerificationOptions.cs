using System.ComponentModel.DataAnnotations;

namespace Integration.Gateway.Verifications;

/// <summary>How long callers wait for agencies.</summary>
internal sealed record VerificationOptions
{
    public const string Section = "Gateway:Verifications";

    /// <summary>Longest time for all checks of one request, seconds; 1 to 60, default 5. A caller may ask for less.</summary>
    [Range(1, 60)]
    public int LongestWaitSeconds { get; init; } = 5;

    /// <summary>The moment after which no agency is waited for.</summary>
    public DateTimeOffset Deadline(DateTimeOffset now, TimeSpan? wish)
    {
        var longest = TimeSpan.FromSeconds(LongestWaitSeconds);
        return now + (wish < longest ? wish.Value : longest);
    }
}
