using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.RealEstate;

/// <summary>Queries; the body is written by the <see cref="GxDataSigner"/>, because the token stands in it.</summary>
internal interface IRealEstateClient
{
    [Post("/realestate-supervise-exchange/api/v1/bdc/query")]
    Task<TitleAnswer> QueryAsync(
        [Property(GxQuestion.Option)] GxQuestion question,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}

/// <summary>Tokens for queries.</summary>
internal interface IRealEstateTokenClient
{
    [Post("/realestate-supervise-exchange/api/v1/bdc/token")]
    Task<TokenAnswer> GetTokenAsync(
        [Body] TokenRequest request,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
