using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>Fetches call keys. The signer writes the body: its field names are the dialect's.</summary>
internal interface IExchangeClient
{
    [Post("/{**path}")]
    Task<ExchangeKeyAnswer> RefreshAsync(
        string path,
        [Property(AgencyCall.Option)] AgencyCall call,
        [Property(ExchangeService.Option)] ExchangeService service,
        CancellationToken cancellationToken
    );
}
