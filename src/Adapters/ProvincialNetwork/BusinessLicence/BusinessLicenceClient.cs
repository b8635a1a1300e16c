using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.ProvincialNetwork.BusinessLicence;

/// <summary>The enterprise register on the wire: one REST endpoint, the service code chooses.</summary>
internal interface IBusinessLicenceClient
{
    [Post("/{**path}")]
    Task<EnterpriseAnswer> QueryAsync(
        string path,
        [Body] EnterpriseQuery query,
        [Property(ExchangeService.Option)] ExchangeService service,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    [Post("/{**path}")]
    Task<EnterpriseAnswer> VerifyAsync(
        string path,
        [Body] EnterpriseClaim claim,
        [Property(ExchangeService.Option)] ExchangeService service,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
