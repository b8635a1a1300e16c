using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Signatures.Trust;

/// <summary>How a registered signer stands at a moment: chain, validity and revocation, without any message.</summary>
internal sealed record SignerStanding
{
    /// <summary>The rule by which everything it signs is refused; null: it may sign.</summary>
    public required Refusal? Refused { get; init; }

    /// <summary>It may sign although its issuer's revocation list is out of date, for at most <see cref="SignerTrust.Grace"/>.</summary>
    public bool IsInGrace { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Judged again from then on.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Judged again when it changes.</summary>
    public RevocationFile? File { get; init; }

    public bool HoldsAt(DateTimeOffset now) => now >= At && now < Until && File?.HasChanged(now) != true;
}
