using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Http.Keys;
using Integration.Adapters.Ports;
using Integration.Adapters.Utilities.Electricity.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>Registers the power company: accounts, orders, and the keys of both dialects.</summary>
internal static class ElectricityServices
{
    public static IServiceCollection AddElectricity(this IServiceCollection services)
    {
        var json = new WireJsonSerializer(ElectricityJson.Default);
        services.AddAgency<ElectricityOptions>(ElectricityAgency.Name);
        services.AddKeyService<ElectricityOptions>(ElectricityAgency.Keys, ElectricityAgency.Name);
        services.AddAgencyClient<IElectricityClient, ElectricityOptions>(json, BaseAddress, Signer);
        services.AddAgencyClient<IGatewayTokenClient, ElectricityOptions>(json, BaseAddress, Own<GatewayTokenSigner>);
        services.AddAgencyClient<IIrsSecretClient, ElectricityOptions>(json, BaseAddress, Own<IrsSecretSigner>);
        services.AddForwarding<ElectricityOptions>(ElectricityAgency.Name, Dialect);
        services.AddDiagnosis<ElectricityOptions>(ElectricityAgency.Name, Secret);
        return services
            .AddSingleton<GatewayTokens>()
            .AddSingleton<GatewayTokenSigner>()
            .AddSingleton<IrsRequestSecrets>()
            .AddSingleton<IrsSecretSigner>()
            .AddSingleton<IUtilityAccountSource, ElectricityAgency>()
            .AddSingleton<IUtilityProvider, ElectricityProvider>();
    }

    private static IDialectSigner Signer(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        var time = provider.GetRequiredService<TimeProvider>();
        return options.Dialect switch
        {
            ElectricityDialect.Irs => new IrsSigner(options.AppId, Own<IrsRequestSecrets>(provider).Current, time),
            _ => new GatewaySigner(options.AppId, Own<GatewayTokens>(provider).Current, time),
        };
    }

    /// <summary>The one dialect that is configured.</summary>
    private static SignedHeaders Dialect(IServiceProvider provider) =>
        new(OptionsOf(provider).Dialect == ElectricityDialect.Irs ? "irs" : "gateway", Signer(provider));

    private static DiagnosedSecret Secret(IServiceProvider provider) =>
        OptionsOf(provider).Dialect == ElectricityDialect.Irs
            ? new DiagnosedSecret("The request secret", Own<IrsRequestSecrets>(provider).Current)
            : new DiagnosedSecret("The token", Own<GatewayTokens>(provider).Current);

    private static T Own<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();

    private static Uri BaseAddress(IServiceProvider provider) => OptionsOf(provider).BaseAddress!;

    private static ElectricityOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<ElectricityOptions>>().Value;
}
