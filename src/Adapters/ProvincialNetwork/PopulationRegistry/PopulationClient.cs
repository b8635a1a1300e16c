using System.Xml.Linq;
using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>The registry on the wire: one SOAP endpoint for every operation.</summary>
internal interface IPopulationClient
{
    [Headers("SOAPAction: \"\"")]
    [Post("/{**path}")]
    Task<XElement> CallAsync(
        string path,
        [Property(SoapCall.Option)] SoapCall soap,
        [Property(ExchangeService.Option)] ExchangeService service,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
