using Integration.Adapters.Http;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.LicenceLibrary;

internal static class LicenceLibraryRegistration
{
    public static IServiceCollection AddLicenceLibrary(this IServiceCollection services)
    {
        services.AddAgency<LicenceLibraryOptions>(LicenceQuery.Agency);
        services.AddAgencyClient<ILicenceLibraryApi, LicenceLibraryOptions>(
            new WireJsonSerializer(LicenceLibraryJson.Default),
            provider => provider.GetRequiredService<IOptions<LicenceLibraryOptions>>().Value.BaseAddress!
        );
        services.AddForwarding<LicenceLibraryOptions>(
            LicenceQuery.Agency,
            provider => new LicenceLibraryDialect(provider.GetRequiredService<LicenceEnvelope>())
        );
        services.AddDiagnosis<LicenceLibraryOptions>(
            LicenceQuery.Agency,
            _ => new DiagnosedSecret("The access token of the configuration", Key: null)
        );
        return services
            .AddSingleton<LicenceEnvelope>()
            .AddSingleton<LicenceQuery>()
            .AddSingleton<IPropertyTitleSource, LibraryTitles>()
            .AddSingleton<IBusinessLicenceSource, LibraryBusinessLicences>();
    }
}
