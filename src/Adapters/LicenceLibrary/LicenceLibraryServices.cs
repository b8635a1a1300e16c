using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.LicenceLibrary;

/// <summary>Registers the licence library and its two sources.</summary>
internal static class LicenceLibraryServices
{
    public static IServiceCollection AddLicenceLibrary(this IServiceCollection services)
    {
        services.AddAgency<LicenceLibraryOptions>(LicenceLibraryAgency.Name);
        services.AddAgencyClient<ILicenceLibraryClient, LicenceLibraryOptions>(
            new WireJsonSerializer(LicenceLibraryJson.Default),
            provider => provider.GetRequiredService<IOptions<LicenceLibraryOptions>>().Value.BaseAddress!
        );
        services.AddForwarding<LicenceLibraryOptions>(
            LicenceLibraryAgency.Name,
            provider => new LicenceLibraryDialect(provider.GetRequiredService<LicenceEnvelope>())
        );
        services.AddDiagnosis<LicenceLibraryOptions>(
            LicenceLibraryAgency.Name,
            _ => new DiagnosedSecret("The access token of the configuration", Key: null)
        );
        return services
            .AddSingleton<LicenceEnvelope>()
            .AddSingleton<LicenceLibraryAgency>()
            .AddSingleton<IPropertyTitleSource, LibraryTitleSource>()
            .AddSingleton<IBusinessLicenceSource, LibraryBusinessLicenceSource>();
    }
}
