using Integration.Adapters.Http;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Television;

internal static class TelevisionRegistration
{
    public static IServiceCollection AddTelevision(this IServiceCollection services)
    {
        services.AddAgency<TelevisionOptions>(TelevisionCompany.Name);
        services.AddAgencyClient<IBoxApi, TelevisionOptions>(
            new BoxSerializer(),
            provider => OptionsOf(provider).BaseAddress!,
            provider => new BasicSigner(OptionsOf(provider).UserName, OptionsOf(provider).RevealPassword())
        );
        services.AddDiagnosis<TelevisionOptions>(
            TelevisionCompany.Name,
            _ => new DiagnosedSecret("The password of the configuration", Key: null)
        );
        return services.AddSingleton<TelevisionBox>().AddSingleton<IUtilityProvider, TelevisionCompany>();
    }

    private static TelevisionOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<TelevisionOptions>>().Value;
}
