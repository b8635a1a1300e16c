using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Adapters.ProvincialNetwork;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.BusinessLicence;

/// <summary>The enterprise register: what is registered, and whether what an applicant says agrees with it.</summary>
internal sealed class BusinessLicenceSource(
    IBusinessLicenceApi api,
    [FromKeyedServices(BusinessLicenceRegistration.Agency)] AgencyCaller register,
    EnterpriseReader reader,
    IOptions<BusinessLicenceOptions> options,
    IOptions<ExchangeOptions> exchange
) : IBusinessLicenceSource, IBusinessLicenceComparisonSource
{
    private static readonly AgencyOperation s_query = new(
        BusinessLicenceRegistration.Agency,
        "query",
        IsIdempotentRead: true
    );
    private static readonly AgencyOperation s_verify = new(
        BusinessLicenceRegistration.Agency,
        "verify",
        IsIdempotentRead: true
    );

    private readonly string _path = exchange.Value.RestPath;
    private readonly string _authorisation = options.Value.RevealAuthorisationCode();
    private readonly ExchangeService _queryService = new(options.Value.QueryService!);
    private readonly ExchangeService _verifyService = new(options.Value.VerifyService!);

    public string Agency => BusinessLicenceRegistration.Agency;

    public Task<AgencyAnswer<BusinessLicenceFacts>> Ask(
        BusinessLicenceQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var query = new EnterpriseQuery(question.Name.Value, question.CreditCode.Value, _authorisation);
        return register.Ask(
            s_query,
            request,
            (call, attemptToken) => api.Query(_path, query, _queryService, call, attemptToken),
            answer => reader.Facts(answer, question.CreditCode),
            cancellationToken
        );
    }

    public Task<AgencyAnswer<BusinessLicenceComparison>> Ask(
        BusinessLicenceClaim claim,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var wire = new EnterpriseClaim(
            claim.Name.Value,
            claim.CreditCode.Value,
            claim.LegalRepresentative.Value,
            _authorisation
        );
        return register.Ask(
            s_verify,
            request,
            (call, attemptToken) => api.Verify(_path, wire, _verifyService, call, attemptToken),
            answer => reader.Comparison(answer, claim),
            cancellationToken
        );
    }
}
