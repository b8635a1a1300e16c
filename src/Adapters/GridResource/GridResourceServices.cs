using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.GridResource;

/// <summary>Registers the grid-resource platform.</summary>
internal static class GridResourceServices
{
    public static IServiceCollection AddGridResource(this IServiceCollection services)
    {
        services.AddAgency<GridResourceOptions>(GridResourceAgency.Name);
        services.AddAgencyClient<IGridResourceClient, GridResourceOptions>(
            new WireJsonSerializer(GridResourceJson.Default),
            provider => OptionsOf(provider).BaseAddress!,
            provider => Signer(provider, service: null)
        );
        services.AddForwarding<GridResourceOptions>(
            GridResourceAgency.Name,
            provider => new SignedHeaders("tif", id => IsServiceId(id) ? Signer(provider, id) : null)
        );
        services.AddDiagnosis<GridResourceOptions>(
            GridResourceAgency.Name,
            _ => new DiagnosedSecret("The token of the configuration", Key: null)
        );
        return services.AddSingleton<IGridResourceSource, GridResourceAgency>();
    }

    /// <summary>Signs for one service of the platform, or for the one that the options name.</summary>
    private static TifSigner Signer(IServiceProvider provider, string? service)
    {
        var options = OptionsOf(provider);
        return new TifSigner(
            options.PaasId,
            options.RevealToken(),
            service ?? options.ServiceId,
            provider.GetRequiredService<TimeProvider>()
        );
    }

    private static bool IsServiceId(string? text) =>
        text is null
        || (text.Length is > 0 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));

    private static GridResourceOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<GridResourceOptions>>().Value;
}
