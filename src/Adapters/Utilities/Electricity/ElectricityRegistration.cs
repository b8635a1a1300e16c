using Integration.Adapters.Http;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Electricity;

internal static class ElectricityRegistration
{
    public static IServiceCollection AddElectricity(this IServiceCollection services)
    {
        var json = new WireJsonSerializer(ElectricityJson.Default);
        services.AddAgency<ElectricityOptions>(ElectricityMarketing.Name);
        services.AddKeyService<ElectricityOptions>(ElectricityMarketing.Keys, ElectricityMarketing.Name);
        services.AddAgencyClient<IElectricityApi, ElectricityOptions>(json, BaseAddress, Signer);
        services.AddAgencyClient<IElectricityOrderApi, ElectricityOptions>(
            new WireJsonSerializer(ElectricityOrderJson.Default),
            BaseAddress,
            Signer
        );
        services.AddAgencyClient<IGatewayTokenApi, ElectricityOptions>(json, BaseAddress, Own<GatewayTokenSigner>);
        services.AddAgencyClient<IIrsSecretApi, ElectricityOptions>(json, BaseAddress, Own<IrsSecretSigner>);
        services.AddForwarding<ElectricityOptions>(ElectricityMarketing.Name, Dialect);
        services.AddDiagnosis<ElectricityOptions>(ElectricityMarketing.Name, Secret);
        return services
            .AddSingleton<GatewayTokens>()
            .AddSingleton<GatewayTokenSigner>()
            .AddSingleton<IrsRequestSecrets>()
            .AddSingleton<IrsSecretSigner>()
            .AddSingleton<IUtilityAccountSource, ElectricityMarketing>()
            .AddSingleton<IUtilityProvider, ElectricityOrders>();
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
