using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Television;

/// <summary>Registers the television company.</summary>
internal static class TelevisionServices
{
    public static IServiceCollection AddTelevision(this IServiceCollection services)
    {
        services.AddAgency<TelevisionOptions>(TelevisionAgency.Name);
        services.AddAgencyClient<ITelevisionClient, TelevisionOptions>(
            new BoxSerializer(),
            provider => OptionsOf(provider).BaseAddress!,
            provider => new BasicSigner(OptionsOf(provider).UserName, OptionsOf(provider).RevealPassword())
        );
        services.AddDiagnosis<TelevisionOptions>(
            TelevisionAgency.Name,
            _ => new DiagnosedSecret("The password of the configuration", Key: null)
        );
        return services.AddSingleton<TelevisionBox>().AddSingleton<IUtilityProvider, TelevisionAgency>();
    }

    private static TelevisionOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<TelevisionOptions>>().Value;
}
