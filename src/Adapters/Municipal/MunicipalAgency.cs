using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Municipal;

/// <summary>The municipal system that sends enterprise-opening events, asked for those that did not come.</summary>
internal sealed class MunicipalAgency(
    IMunicipalClient client,
    [FromKeyedServices(MunicipalAgency.Name)] AgencyCaller caller
) : IEventCatchUp
{
    public const string Name = "municipal";

    private static readonly AgencyOperation s_catchUp = new(Name, "catch-up", IsIdempotentRead: true);

    public string Agency => Name;

    public Task<AgencyAnswer<MissedEvents>> AskAsync(
        MissedEventsQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var body = new CatchUpRequest(
            question.Source,
            (question.Subject as EventSubject.Enterprise)?.Code.Value,
            (question.Subject as EventSubject.Unit)?.Number.Value,
            (question.Subject as EventSubject.Certificate)?.Number.Value,
            question.AfterSequence,
            question.Since,
            question.Cursor
        );
        return caller.AskAsync(
            s_catchUp,
            request,
            (call, cancelled) => client.CatchUpAsync(body, call, cancelled),
            MunicipalReader.Read,
            cancellationToken
        );
    }
}
