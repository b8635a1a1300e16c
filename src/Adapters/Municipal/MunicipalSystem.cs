using Integration.Adapters.Http;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Municipal;

/// <summary>The municipal system that sends enterprise-opening events, asked for those that did not come.</summary>
internal sealed class MunicipalSystem(IMunicipalApi api, [FromKeyedServices(MunicipalSystem.Name)] AgencyCaller caller)
    : IEventCatchUp
{
    public const string Name = "municipal";

    private static readonly AgencyOperation s_catchUp = new(Name, "catch-up", IsIdempotentRead: true);

    public string Agency => Name;

    public Task<AgencyAnswer<MissedEvents>> Ask(
        MissedEventsQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var body = new CatchUpRequest(
            question.Source,
            question.Enterprise?.Value,
            question.AfterSequence,
            question.Since,
            question.Cursor
        );
        return caller.Ask(
            s_catchUp,
            request,
            (call, cancelled) => api.CatchUp(body, call, cancelled),
            CatchUpAnswerReader.Read,
            cancellationToken
        );
    }
}

internal static class MunicipalRegistration
{
    public static IServiceCollection AddMunicipal(this IServiceCollection services)
    {
        services.AddAgency<MunicipalOptions>(MunicipalSystem.Name);
        services.AddAgencyClient<IMunicipalApi, MunicipalOptions>(
            new WireJsonSerializer(MunicipalJson.Default),
            provider => OptionsOf(provider).BaseAddress!,
            Signer
        );
        services.AddDiagnosis<MunicipalOptions>(
            MunicipalSystem.Name,
            _ => new DiagnosedSecret("The client secret of the configuration", Key: null)
        );
        return services.AddSingleton<IEventCatchUp, MunicipalSystem>();
    }

    private static ClientIdSigner Signer(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        return new ClientIdSigner(
            options.ClientId,
            options.RevealClientSecret(),
            provider.GetRequiredService<TimeProvider>()
        );
    }

    private static MunicipalOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<MunicipalOptions>>().Value;
}
