using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Ports;

/// <summary>A source of registered facts about an enterprise.</summary>
public interface IBusinessLicenceSource
{
    /// <summary>The agency's name, as in policy data, metrics and evidence.</summary>
    string Agency { get; }

    /// <summary>Asks; never throws for what an agency or a network does.</summary>
    Task<AgencyAnswer<BusinessLicenceFacts>> AskAsync(
        BusinessLicenceQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>Which enterprise is meant.</summary>
/// <param name="CreditCode">Its code.</param>
/// <param name="Name">Its name; null: an individual business that has none.</param>
public sealed record BusinessLicenceQuestion(CreditCode CreditCode, PartyName? Name);

/// <summary>What is registered under the code asked for. A null is what this source does not say.</summary>
/// <param name="Name">Registered name; null: the register gives none, as for an individual business without a name.</param>
/// <param name="LegalRepresentative">Registered legal representative.</param>
/// <param name="Status">The registered status in the register's words, e.g. 存续（在营、开业、在册）; what a word means is policy.</param>
/// <param name="EstablishedOn">Day of establishment.</param>
/// <param name="Size">Size class.</param>
/// <param name="IsStateOwned">Whether the type says state-owned.</param>
public sealed record BusinessLicenceFacts(
    PartyName? Name,
    PartyName? LegalRepresentative,
    string Status,
    DateOnly? EstablishedOn,
    EnterpriseSize? Size,
    bool? IsStateOwned
)
{
    /// <summary>The term of the licence is over: the record is not the current one, which says nothing bad of the enterprise.</summary>
    public bool IsExpired { get; init; }
}

/// <summary>Size class of an enterprise.</summary>
public enum EnterpriseSize
{
    /// <summary>个体工商户.</summary>
    SelfEmployed,

    /// <summary>小微, 小型, 微型.</summary>
    SmallOrMicro,

    /// <summary>中型.</summary>
    Medium,

    /// <summary>大型.</summary>
    Large,
}
