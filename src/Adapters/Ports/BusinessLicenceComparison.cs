using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Ports;

/// <summary>A source that compares what an applicant says with the register and gives away no more than that.</summary>
public interface IBusinessLicenceComparisonSource
{
    /// <summary>The agency's name, as in policy data, metrics and evidence.</summary>
    string Agency { get; }

    /// <summary>Asks; never throws for what an agency or a network does.</summary>
    Task<AgencyAnswer<BusinessLicenceComparison>> AskAsync(
        BusinessLicenceClaim claim,
        AgencyRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>What an applicant says of an enterprise.</summary>
public sealed record BusinessLicenceClaim(CreditCode CreditCode, PartyName Name, PartyName LegalRepresentative);

/// <summary>How it compares with what is registered under the code asked for.</summary>
/// <param name="Status">The registered status in the register's words.</param>
/// <param name="NameMatches">Whether the registered name is the one said.</param>
/// <param name="LegalRepresentativeMatches">Whether the registered legal representative is the one said.</param>
public sealed record BusinessLicenceComparison(string Status, bool NameMatches, bool LegalRepresentativeMatches);
