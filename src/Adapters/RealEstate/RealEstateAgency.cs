using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.RealEstate;

/// <summary>The real-estate registry (不动产登记): titles as they stand in the register now.</summary>
internal sealed class RealEstateAgency(
    IRealEstateClient client,
    [FromKeyedServices(RealEstateAgency.Name)] AgencyCaller caller,
    QueryNumbers numbers
) : IPropertyTitleSource
{
    public const string Name = "real-estate";

    private static readonly AgencyOperation s_query = new(Name, "query", IsIdempotentRead: true);

    public string Agency => Name;

    public bool NeedsHolderCode => false;

    public Task<AgencyAnswer<PropertyTitleFacts>> AskAsync(
        PropertyTitleQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        if (question is { Certificate: null, Unit: null })
        {
            return caller.NotAskedAsync<PropertyTitleFacts>(s_query, request, "no-certificate-or-unit");
        }

        if (numbers.Next() is not { } number)
        {
            return caller.NotAskedAsync<PropertyTitleFacts>(s_query, request, QueryNumbers.UsedUp);
        }

        var query = new TitleQuery(number, request.CaseId, question);
        var wire = query.ToWire();
        // The registry finds the call under its own query number, so that is the one evidence names.
        return caller.AskAsync(
            s_query,
            request with
            {
                RequestId = number,
            },
            (call, cancelled) => client.QueryAsync(wire, call, cancelled),
            answer => RealEstateReader.Read(answer, query),
            cancellationToken
        );
    }
}
