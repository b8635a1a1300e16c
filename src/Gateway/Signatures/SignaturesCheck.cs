using System.Globalization;
using Integration.Gateway.Signatures.Trust;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Signatures;

/// <summary>
/// Degraded, and never unready: what fails here refuses signed input of one sender, while everything else works on. A signer is
/// shown as unready when what it signs is refused now, as degraded when it will be within <see cref="Notice"/> or within the
/// hour after its revocation list went out of date.
/// </summary>
internal sealed class SignaturesCheck(RegisteredSigners signers, SignerTrust trust, TimeProvider time) : IHealthCheck
{
    public static readonly TimeSpan Notice = TimeSpan.FromDays(30);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var parts = signers
            .All.DistinctBy(signer => (signer.Owner, signer.Thumbprint))
            .GroupBy(signer => signer.Owner, StringComparer.Ordinal)
            .SelectMany(owned => owned.Select((signer, index) => (Name: NameOf(signer, index), signer)))
            .ToDictionary(part => part.Name, part => (object)StatusOf(part.signer), StringComparer.Ordinal);
        return Task.FromResult(
            parts.Values.All(part => part is HealthStatus.Healthy)
                ? HealthCheckResult.Healthy(description: null, parts)
                : HealthCheckResult.Degraded(
                    "Signed input of some senders is refused, or soon will be. The log says why.",
                    exception: null,
                    parts
                )
        );
    }

    /// <summary>By its place in the settings: the page is open, and a digest tells who has which certificate.</summary>
    private static string NameOf(RegisteredSigner signer, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{signer.Owner} {index + 1}");

    private HealthStatus StatusOf(RegisteredSigner signer)
    {
        var standing = trust.StandingOf(signer);
        return standing.Refused is not null || trust.KeyOf(signer) is null ? HealthStatus.Unhealthy
            : standing.IsInGrace || standing.File?.IsBehind == true || signer.ValidUntil - time.GetUtcNow() <= Notice
                ? HealthStatus.Degraded
            : HealthStatus.Healthy;
    }
}
