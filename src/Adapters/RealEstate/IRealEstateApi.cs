using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.RealEstate;

/// <summary>Queries; the body is written by the <see cref="GxDataSigner"/>, because the token stands in it.</summary>
internal interface IRealEstateApi
{
    [Post("/realestate-supervise-exchange/api/v1/bdc/query")]
    Task<TitleAnswer> Query(
        [Property(GxQuestion.Option)] GxQuestion question,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}

/// <summary>Tokens for queries.</summary>
internal interface IRealEstateTokenApi
{
    [Post("/realestate-supervise-exchange/api/v1/bdc/token")]
    Task<TokenAnswer> Token(
        [Body] TokenRequest request,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
