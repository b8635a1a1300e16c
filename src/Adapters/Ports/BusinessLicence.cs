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
public sealed record BusinessLicenceQuestion(CreditCode CreditCode, PartyName Name);

/// <summary>What is registered under the code asked for. A null is what this source does not say.</summary>
/// <param name="Name">Registered name.</param>
/// <param name="LegalRepresentative">Registered legal representative.</param>
/// <param name="Standing">Whether the enterprise may do business.</param>
/// <param name="EstablishedOn">Day of establishment.</param>
/// <param name="Size">Size class.</param>
/// <param name="IsStateOwned">Whether the type says state-owned.</param>
public sealed record BusinessLicenceFacts(
    PartyName Name,
    PartyName? LegalRepresentative,
    EnterpriseStanding Standing,
    DateOnly? EstablishedOn,
    EnterpriseSize? Size,
    bool? IsStateOwned
)
{
    /// <summary>The term of the licence is over: the record is not the current one, which says nothing bad of the enterprise.</summary>
    public bool IsExpired { get; init; }
}

/// <summary>Standing of an enterprise in the register.</summary>
public enum EnterpriseStanding
{
    /// <summary>存续, 在业, 开业, 正常: may do business.</summary>
    Active,

    /// <summary>吊销: licence revoked.</summary>
    Revoked,

    /// <summary>注销: struck off.</summary>
    Cancelled,

    /// <summary>Any other registered status, e.g. 停业, 清算, 迁出.</summary>
    Other,
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
