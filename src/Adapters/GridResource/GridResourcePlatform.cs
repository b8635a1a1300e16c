using Integration.Adapters.Http;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.GridResource;

/// <summary>The grid-resource platform (电网资源业务中台).</summary>
internal sealed class GridResourcePlatform(
    IGridResourceApi api,
    [FromKeyedServices(GridResourcePlatform.Name)] AgencyCaller caller
) : IGridResourceSource
{
    public const string Name = "grid-resource";

    private static readonly AgencyOperation s_query = new(Name, "query", IsIdempotentRead: true);

    public string Agency => Name;

    public Task<AgencyAnswer<GridResourceFacts>> Ask(
        UnitNumber unit,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.Ask(
            s_query,
            request,
            (call, cancelled) => api.Query(new GridRequest(unit.Value), call, cancelled),
            answer => GridAnswerReader.Read(answer, unit),
            cancellationToken
        );
}

internal static class GridResourceRegistration
{
    public static IServiceCollection AddGridResource(this IServiceCollection services)
    {
        services.AddAgency<GridResourceOptions>(GridResourcePlatform.Name);
        services.AddAgencyClient<IGridResourceApi, GridResourceOptions>(
            new WireJsonSerializer(GridResourceJson.Default),
            provider => OptionsOf(provider).BaseAddress!,
            Signer
        );
        return services.AddSingleton<IGridResourceSource, GridResourcePlatform>();
    }

    private static TifSigner Signer(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        return new TifSigner(
            options.PaasId,
            options.RevealToken(),
            options.ServiceId,
            provider.GetRequiredService<TimeProvider>()
        );
    }

    private static GridResourceOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<GridResourceOptions>>().Value;
}
