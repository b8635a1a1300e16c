using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Protection;

/// <summary>
/// Unready when personal data cannot be sealed and opened again, a data key does not open or the look-up key is another; degraded from thirty days before the certificate that
/// wraps the keys ends. The signing keys of tokens and receipts have no end, and without them there is no start.
/// </summary>
internal sealed class KeysCheck(
    PersonalDataVault vault,
    KeyRing ring,
    IOptions<ProtectionOptions> options,
    TimeProvider time
) : IHealthCheck
{
    private const string Probe = "probe";
    private static readonly TimeSpan s_notice = TimeSpan.FromDays(30);

    private readonly Lazy<DateTimeOffset> _certificateEnds = new(() => EndOf(options.Value));

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (vault.Open(vault.Seal(Probe)) != Probe)
        {
            return HealthCheckResult.Unhealthy("Personal data cannot be sealed.");
        }

        if (await ring.FaultsAsync(cancellationToken) is { Count: > 0 } faults)
        {
            return HealthCheckResult.Unhealthy(string.Join(" ", faults));
        }

        return _certificateEnds.Value - time.GetUtcNow() > s_notice
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(
                $"The certificate of {ProtectionOptions.Section} ends on {_certificateEnds.Value:yyyy-MM-dd}: "
                    + "set a new one and name this one among the older ones."
            );
    }

    private static DateTimeOffset EndOf(ProtectionOptions options)
    {
        using var certificate = options.ResolveCertificate();
        return new DateTimeOffset(certificate.NotAfter);
    }
}
