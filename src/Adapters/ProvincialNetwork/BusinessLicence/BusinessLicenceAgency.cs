using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.BusinessLicence;

/// <summary>The enterprise register: what is registered, and whether what an applicant says agrees with it.</summary>
internal sealed class BusinessLicenceAgency(
    IBusinessLicenceClient client,
    [FromKeyedServices(BusinessLicenceAgency.Name)] AgencyCaller register,
    BusinessLicenceReader reader,
    IOptions<BusinessLicenceOptions> options,
    IOptions<ExchangeOptions> exchange
) : IBusinessLicenceSource, IBusinessLicenceComparisonSource
{
    public const string Name = "business-licence";

    private static readonly AgencyOperation s_query = new(Name, "query", IsIdempotentRead: true);
    private static readonly AgencyOperation s_verify = new(Name, "verify", IsIdempotentRead: true);

    private readonly string _path = exchange.Value.RestPath;
    private readonly string _authorisation = options.Value.RevealAuthorisationCode();
    private readonly ExchangeService _queryService = new(options.Value.QueryService!);
    private readonly ExchangeService _verifyService = new(options.Value.VerifyService!);

    public string Agency => Name;

    public Task<AgencyAnswer<BusinessLicenceFacts>> AskAsync(
        BusinessLicenceQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var query = new EnterpriseQuery(
            question.Name?.Value ?? string.Empty,
            question.CreditCode.Value,
            _authorisation
        );
        return register.AskAsync(
            s_query,
            request,
            (call, attemptToken) => client.QueryAsync(_path, query, _queryService, call, attemptToken),
            answer => reader.Facts(answer, question.CreditCode),
            cancellationToken
        );
    }

    public Task<AgencyAnswer<BusinessLicenceComparison>> AskAsync(
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
        return register.AskAsync(
            s_verify,
            request,
            (call, attemptToken) => client.VerifyAsync(_path, wire, _verifyService, call, attemptToken),
            answer => reader.Comparison(answer, claim),
            cancellationToken
        );
    }
}
