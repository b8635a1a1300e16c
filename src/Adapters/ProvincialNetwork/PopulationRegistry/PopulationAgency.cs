using System.Xml.Linq;
using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>Asks the registry one question about one person, under any of its operations.</summary>
internal sealed class PopulationAgency(
    IPopulationClient client,
    [FromKeyedServices(PopulationAgency.Name)] AgencyCaller registry,
    PopulationSoap soap,
    PopulationReader reader,
    IOptions<ExchangeOptions> exchange
)
{
    public const string Name = "population-registry";

    private readonly string _path = exchange.Value.SoapPath;

    /// <summary>Asks; see <see cref="AgencyCaller"/>.</summary>
    /// <param name="operation">What is asked.</param>
    /// <param name="service">Its service code.</param>
    /// <param name="question">About whom.</param>
    /// <param name="request">The circumstances.</param>
    /// <param name="read">Makes facts of the records, which are all about the person asked for.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<AgencyAnswer<TFacts>> AskAsync<TFacts>(
        PopulationOperation operation,
        ExchangeService service,
        IdentityQuestion question,
        AgencyRequest request,
        Func<IReadOnlyList<XElement>, Reading<TFacts>> read,
        CancellationToken cancellationToken
    )
    {
        PackageField[] record = [new("GMSFHM", question.IdNumber.Value), new("XM", question.Name.Value)];
        var envelope = soap.Call(operation, record, request.RequestId);
        return registry.AskAsync(
            operation.AgencyOperation,
            request,
            (call, attemptToken) => client.CallAsync(_path, envelope, service, call, attemptToken),
            received => Read(received, question, request, read),
            cancellationToken
        );
    }

    private Reading<TFacts> Read<TFacts>(
        XElement envelope,
        IdentityQuestion question,
        AgencyRequest request,
        Func<IReadOnlyList<XElement>, Reading<TFacts>> read
    )
    {
        if (!reader.Records(envelope, question, request.RequestId).Succeeded(out var records, out var failure))
        {
            return failure;
        }

        return records.Count > 1 ? new Reading<TFacts>.Several(records.Count) : read(records);
    }
}
