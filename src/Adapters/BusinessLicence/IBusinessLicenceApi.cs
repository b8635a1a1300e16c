using Integration.Adapters.Http;
using Integration.Adapters.ProvincialNetwork;
using Refit;

namespace Integration.Adapters.BusinessLicence;

/// <summary>The enterprise register on the wire: one REST endpoint, the service code chooses.</summary>
internal interface IBusinessLicenceApi
{
    [Post("/{**path}")]
    Task<EnterpriseAnswer> Query(
        string path,
        [Body] EnterpriseQuery query,
        [Property(ExchangeService.Option)] ExchangeService service,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/{**path}")]
    Task<EnterpriseAnswer> Verify(
        string path,
        [Body] EnterpriseClaim claim,
        [Property(ExchangeService.Option)] ExchangeService service,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
