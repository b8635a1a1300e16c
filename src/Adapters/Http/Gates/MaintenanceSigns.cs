using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Gates;

/// <summary>Whether operators have taken an agency, or the platform it is reached through, out of service.</summary>
/// <param name="maintenance">What operators say.</param>
/// <param name="agencies">The agency, and what stands in front of it.</param>
/// <param name="time">Clock.</param>
internal sealed class MaintenanceSigns(
    IAgencyMaintenance maintenance,
    IReadOnlyList<string> agencies,
    TimeProvider time
)
{
    /// <summary>Whether it is out of service now.</summary>
    /// <param name="retryAfter">When the longest one is expected to end; null: not known, or it was expected to have ended.</param>
    public bool IsOn(out TimeSpan? retryAfter)
    {
        var isOn = false;
        retryAfter = null;
        foreach (var agency in agencies)
        {
            if (maintenance.Find(agency) is { } now)
            {
                isOn = true;
                var left = now.Until - time.GetUtcNow();
                retryAfter = left > (retryAfter ?? TimeSpan.Zero) ? left : retryAfter;
            }
        }

        return isOn;
    }
}
