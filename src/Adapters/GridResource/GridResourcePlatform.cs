using Integration.Adapters.Http;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Forwarding;
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
            provider => Signer(provider, service: null)
        );
        services.AddForwarding<GridResourceOptions>(
            GridResourcePlatform.Name,
            provider => new SignedHeaders("tif", id => IsServiceId(id) ? Signer(provider, id) : null)
        );
        services.AddDiagnosis<GridResourceOptions>(
            GridResourcePlatform.Name,
            _ => new DiagnosedSecret("The token of the configuration", Key: null)
        );
        return services.AddSingleton<IGridResourceSource, GridResourcePlatform>();
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
